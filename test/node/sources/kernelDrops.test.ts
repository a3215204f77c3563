import {expect, test} from "vitest";
import {dropsIn} from "../../../lib/node/sources/kernelDrops.js";
import {parseListenAddress} from "../../../lib/node/sources/listenAddress.js";

// As Linux 6 writes them on x86-64.
const udp = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
 1270: 0100007F:0807 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 7150 2 0000000000000000 1234
 1271: 00000000:0807 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 7151 2 0000000000000000 7
`;
const udp6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  902: B80D0120000000000000000050000000:1283 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 9 2 0000000000000000 5
`;

test("dropsIn(table, address) finds the column of the socket’s own address and port", () => {
  const drops = (table: string, address: string) => dropsIn(table, parseListenAddress(address), true);
  expect(drops(udp, "127.0.0.1:2055")).toBe(1234);
  expect(drops(udp, "0.0.0.0:2055")).toBe(7);
  expect(drops(udp, "127.0.0.1:2056")).toBe(0);
  expect(drops(udp6, "[2001:db8::50]:4739")).toBe(5);
  expect(drops(udp6.replace("50000000:", "00000050:"), "[2001:db8::5000:0]:4739")).toBe(5);
  expect(drops("", "127.0.0.1:2055")).toBe(0);
});

test("dropsIn(table, address) follows the order of bytes of the machine", () => {
  const big = udp.replace("0100007F", "7F000001");
  expect(dropsIn(big, parseListenAddress("127.0.0.1:2055"), false)).toBe(1234);
});
