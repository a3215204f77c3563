import fc from "fast-check";
import {expect, test} from "vitest";
import type {AlertChange} from "../../../../lib/live/alert.js";
import {Silence} from "../../../../lib/node/live/outputs/silence.js";
import {change} from "../alerts.js";

const minute = 60_000;

test("Silence lets the first alert of a client through, and the next after the window says how many it was not told of", () => {
  const silence = new Silence(15 * minute);
  expect(silence.take(raised(1, "a", 0))).toEqual({tell: true, silenced: 0});
  expect(silence.take(raised(2, "a", 14.9))).toEqual({tell: false, isSilenced: true});
  expect(silence.take(raised(3, "b", 14.9))).toEqual({tell: true, silenced: 0});
  expect(silence.take(raised(4, "a", 3))).toEqual({tell: false, isSilenced: true});
  expect(silence.take(raised(5, "a", 15))).toEqual({tell: true, silenced: 2});
  expect(silence.take(raised(6, "a", 29))).toEqual({tell: false, isSilenced: true});
  expect(silence.take(raised(7, "a", 45))).toEqual({tell: true, silenced: 1});
});

test("Silence tells the end of the alerts that it let through, once, and never that they grew", () => {
  const silence = new Silence(15 * minute);
  silence.take(raised(1, "a", 0));
  silence.take(raised(2, "a", 1));
  const none = {tell: false, isSilenced: false};
  expect(silence.take(raised(1, "a", 0, "grew"))).toEqual(none);
  expect(silence.take(raised(2, "a", 1, "closed"))).toEqual(none);
  expect(silence.take(raised(1, "a", 0, "closed"))).toEqual({tell: true, silenced: 0});
  expect(silence.take(raised(1, "a", 0, "closed"))).toEqual(none);
});

test("Silence of no window tells all", () => {
  const silence = new Silence(0);
  for (let i = 0; i < 5; ++i) expect(silence.take(raised(i, "a", 0)).tell).toBe(true);
});

test("Silence goes on from what was saved, wherever that is", () => {
  const some = fc.tuple(fc.integer({min: 0, max: 30}), fc.integer({min: 0, max: 3}), fc.integer({min: 0, max: 90}));
  fc.assert(
    fc.property(fc.array(some, {maxLength: 40}), fc.nat(40), (all, at) => {
      const changes = all.map(([id, client, time], i) =>
        raised(id, `c${client}`, time, i % 3 === 0 ? "closed" : "raised")
      );
      const undisturbed = new Silence(15 * minute);
      let other = new Silence(15 * minute);
      for (const [i, one] of changes.entries()) {
        if (i === at) other = new Silence(15 * minute, JSON.parse(JSON.stringify(other.save())));
        expect(other.take(one)).toEqual(undisturbed.take(one));
      }
    })
  );
});

test("Silence remembers the clients and alerts told last, and keeps none of their names", () => {
  const silence = new Silence(15 * minute);
  for (let i = 0; i < 5000; ++i) silence.take(raised(i, `client ${i}`, 0));
  const saved = silence.save();
  expect([saved.clients.length, saved.alerts.length]).toEqual([2000, 2000]);
  expect(JSON.stringify(saved)).not.toContain("client 4999");
  expect([silence.take(raised(9001, "client 4999", 1)).tell, silence.take(raised(9002, "client 0", 1)).tell]).toEqual([
    false,
    true
  ]);
});

function raised(number: number, client: string, minutes: number, what: AlertChange = "raised") {
  return change(number, what, {client, raised: minutes * minute});
}
