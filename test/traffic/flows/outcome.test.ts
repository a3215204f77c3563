import {expect, test} from "vitest";
import {hasFailed, isReset, isSynOnly} from "../../../lib/traffic/flows/outcome.js";
import {type Flow, flowOf} from "./flowOf.js";

const tcp = {protocol: 6};
const answered = {...tcp, destinationPackets: 4, destinationBytes: 3000};

test("hasFailed(record, state) follows Zeek’s states, and resets only where no answer came", () => {
  for (const state of ["S0", "SH", "REJ", "RSTOS0", "RSTRH"]) expect(failed(answered, state)).toBe(true);
  for (const state of ["SF", "S1", "S2", "S3", "SHR", "OTH", "RSTO", "RSTR"])
    expect(failed(answered, state)).toBe(false);
  for (const state of ["RSTO", "RSTR"]) {
    expect(failed({...tcp, destinationPackets: 2, destinationBytes: 104}, state)).toBe(true);
    expect(failed(tcp, state)).toBe(false);
  }
  expect(failed({protocol: 17, destinationPackets: 0}, "S0")).toBe(false);
});

test("hasFailed(record, state) is true of what a firewall rejects, of any protocol", () => {
  for (const protocol of [1, 6, 17, NaN]) {
    expect(failed({protocol, isOneWay: true, sourcePackets: 9}, "REJECT")).toBe(true);
    expect(failed({protocol, isOneWay: true, sourcePackets: 9}, "ACCEPT")).toBe(false);
  }
});

test("hasFailed(record, null) goes by packets and flags", () => {
  expect(failed({...tcp, destinationPackets: 0})).toBe(true);
  const reset = {...tcp, destinationPackets: 1, destinationFlags: 0x14};
  expect(failed({...reset, destinationBytes: 40})).toBe(true);
  expect(failed({...reset, destinationBytes: 1000})).toBe(false);
  expect(failed({...tcp, destinationPackets: 5, destinationFlags: 0x16})).toBe(false);
  expect(failed(tcp)).toBe(false);
  expect(failed({...tcp, isOneWay: true, sourceFlags: 0x02})).toBe(true);
  expect(failed({...tcp, isOneWay: true, sourceFlags: 0x1b})).toBe(false);
  expect(failed({...tcp, isOneWay: true, sourceFlags: 0x14, sourcePackets: 1})).toBe(false);
  expect(failed({...tcp, isOneWay: true, sourcePackets: 3})).toBe(true);
  expect(failed({...tcp, isOneWay: true, sourcePackets: 4})).toBe(false);
});

test("isSynOnly(record, state) goes by flags, then by the state; other protocols have no SYN", () => {
  const synOnly = (flow: Flow, state: string | null = null) => isSynOnly(flowOf(flow), state);
  expect(synOnly({...tcp, sourceFlags: 2}, "SF")).toBe(1);
  expect(synOnly({...tcp, sourceFlags: 0x12}, "S0")).toBe(0);
  expect([synOnly(tcp, "S0"), synOnly(tcp, "SF"), synOnly(tcp, "FSPA_FSPA"), synOnly(tcp)]).toEqual([1, 0, NaN, NaN]);
  // as VPC flow logs state them: a lone SYN, a half-open scan, the first minute of a connection, a whole one
  const vpc = (sourceFlags: number, sourcePackets: number, sourceBytes: number) =>
    synOnly({...tcp, sourceFlags, sourcePackets, sourceBytes}, "ACCEPT");
  expect([vpc(2, 3, 180), vpc(6, 2, 100), vpc(2, 10, 4000), vpc(3, 6, 320)]).toEqual([1, 1, 0, 0]);
  expect([synOnly({protocol: 17}, "S0"), synOnly({}, "S0")]).toEqual([0, NaN]);
});

test("isReset(record, state) goes by flags of either side, then by the state", () => {
  const reset = (flow: Flow, state: string | null = null) => isReset(flowOf(flow), state);
  expect([reset({...tcp, sourceFlags: 4}), reset({...tcp, destinationFlags: 0x14})]).toEqual([1, 1]);
  expect([reset({...tcp, sourceFlags: 2}), reset({...tcp, sourceFlags: 2}, "REJ")]).toEqual([0, 1]);
  expect([reset(tcp, "RSTO"), reset(tcp, "SF"), reset(tcp, "CON"), reset(tcp)]).toEqual([1, 0, NaN, NaN]);
  expect([reset({protocol: 1}), reset({})]).toEqual([0, NaN]);
});

function failed(flow: Flow, state: string | null = null): boolean {
  return hasFailed(flowOf(flow), state);
}
