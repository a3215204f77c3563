import {expect, test} from "vitest";
import {ArrivalPlaces} from "../../lib/live/arrivalPlaces.js";
import {FileNumbers} from "../../lib/live/fileNumbers.js";
import {HostsSeen} from "../../lib/live/hostsSeen.js";
import {Minutes} from "../../lib/live/minutes.js";
import {WatchedRows} from "../../lib/live/watchedRows.js";
import {liveRowsOf} from "./liveRowsOf.js";

const minute = 60_000;
const day = 24 * 60 * minute;

test("Minutes count records, scores and alerts of the last hour, empty minutes too", () => {
  const minutes = new Minutes();
  expect(minutes.list()).toEqual([]);
  minutes.addRecord(10 * minute);
  minutes.addRecord(12.5 * minute);
  minutes.addScore(10.2 * minute, 0.51);
  minutes.addScore(10.2 * minute, 1);
  minutes.addAlert(12 * minute);
  const list = minutes.list();
  expect(list.map(({time, records, scored, alerts}) => [time / minute, records, scored, alerts])).toEqual([
    [10, 1, 2, 0],
    [11, 0, 0, 0],
    [12, 1, 0, 1]
  ]);
  expect(list[0]!.scores).toEqual(Array.from({length: 20}, (_, i) => Number(i === 10 || i === 19)));
  minutes.addRecord(70 * minute);
  expect(minutes.list()).toHaveLength(60);
  expect(minutes.list()[0]!.time).toBe(11 * minute);
  expect(minutes.alerts).toBe(1);
  minutes.addAlert(9 * minute); // gone
  expect(minutes.alerts).toBe(1);
  minutes.addRecord(1e6 * day);
  expect(minutes.list().reduce((sum, {records, alerts}) => sum + records + alerts, 0)).toBe(1);
  expect(minutes.list()).toHaveLength(60);
});

test("WatchedRows give the twenty highest of the latest scores, however many come", () => {
  const watched = new WatchedRows();
  const count = 5000;
  const rows = liveRowsOf(Array.from({length: count}, (_, i) => ({subject: i + 1, clock: i, requests: 2})));
  for (let i = 0; i < count; ++i) watched.add(rows, i, ((i * 7919) % count) / count, Number.NEGATIVE_INFINITY);
  const top = watched.top(Number.NEGATIVE_INFINITY, (subject) => (subject % 2 ? "a" : null));
  expect(top.map(({score}) => Math.round(score * count))).toEqual(Array.from({length: 20}, (_, i) => count - 1 - i));
  expect(top[0]).toMatchObject({agent: "agent", records: 2, began: 0});
  const subject = 1 + top[0]!.changed;
  watched.remove(subject);
  expect(watched.top(Number.NEGATIVE_INFINITY, () => null)[0]!.score).toBe(top[1]!.score);
  watched.add(rows, top[1]!.changed, 0.1, Number.NEGATIVE_INFINITY);
  expect(watched.top(Number.NEGATIVE_INFINITY, () => null)[0]!.score).toBe(top[2]!.score);
});

test("WatchedRows count the flows of hosts, and leave out the silent", () => {
  const watched = new WatchedRows();
  const rows = liveRowsOf([
    {subject: 1, clock: 0},
    {subject: 2, clock: 5},
    {subject: 1, clock: 9}
  ]);
  for (let row = 0; row < 3; ++row) watched.add(rows, row, 0.5, -1);
  const shown = (since: number) => watched.top(since, () => null).map(({client, records}) => [client, records]);
  expect(shown(-1)).toEqual([
    ["192.0.2.1", 2],
    ["192.0.2.2", 1]
  ]);
  expect(shown(5)).toEqual([["192.0.2.1", 2]]);
});

test("ArrivalPlaces add up ten minutes by place, the most clients first", () => {
  const arrivals = new ArrivalPlaces();
  const [berlin, kyoto] = [place(52.5, 13.4), place(35, 135.8)];
  arrivals.addClient(berlin, 0);
  arrivals.addClient(berlin, minute);
  arrivals.addClient(kyoto, minute);
  arrivals.addAlert(kyoto, 2 * minute);
  expect(arrivals.list(9 * minute)).toEqual([
    {latitude: 52.5, longitude: 13.4, country: "somewhere", clients: 2, alerts: 0},
    {latitude: 35, longitude: 135.8, country: "somewhere", clients: 1, alerts: 1}
  ]);
  expect(arrivals.list(10 * minute).map(({clients}) => clients)).toEqual([1, 1]);
  arrivals.addClient(berlin, 11 * minute);
  expect(arrivals.list(11 * minute).map(({clients, alerts}) => [clients, alerts])).toEqual([
    [1, 0],
    [0, 1]
  ]);
  for (let i = 0; i < 10_000; ++i) arrivals.addClient(place(i / 200, 1), 12 * minute);
  expect(arrivals.list(12 * minute)).toHaveLength(200);
});

test("HostsSeen know hosts of the last half hour, at most 131,072", () => {
  const hosts = new HostsSeen();
  expect(hosts.add(2 ** 52 + 3, 0)).toBe(true);
  expect(hosts.add(2 ** 52 + 3, 10 * minute)).toBe(false);
  expect(hosts.add(2 ** 51 + 3, 10 * minute)).toBe(true);
  expect(hosts.size).toBe(2);
  expect(hosts.add(2 ** 52 + 3, 42 * minute)).toBe(true);
  expect(hosts.size).toBe(1);
  for (let i = 0; i < 200_000; ++i) hosts.add((i * 2654435761) % 2 ** 53, 42 * minute);
  expect(hosts.size).toBe(2 ** 17);
});

test("FileNumbers give the same number to the same name, and remember 1,024", () => {
  const files = new FileNumbers();
  expect(["a", "b", "a"].map((name) => files.begin(name))).toEqual([0, 1, 0]);
  for (let i = 0; i < 1023; ++i) files.begin(`file ${i}`);
  expect([0, 1].map((number) => files.nameOf(number))).toEqual(["a", ""]);
});

function place(latitude: number, longitude: number) {
  return {latitude, longitude, country: "somewhere", city: null};
}
