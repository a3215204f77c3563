import {closeSync, openSync, writeSync} from "node:fs";
import {randomSource} from "../../lib/random.js";

/** Writes a pcap of so many TCP packets of 64 bytes, about fifty a connection, of 400 hosts to 200 servers. */
export function writeSmallPackets(path: string, packets: number, seed = 1): void {
  const random = randomSource(seed);
  const below = (most: number) => Math.floor(random() * most);
  const file = openSync(path, "w");
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(65535, 16);
  head.writeUInt32LE(1, 20);
  writeSync(file, head);
  const flows = Array.from({length: 1000}, (_, i) => ({
    host: below(400),
    server: below(200),
    port: 10_000 + i,
    left: 0
  }));
  let ports = 11_000;
  const piece = Buffer.alloc(80 * 10_000);
  for (let packet = 0; packet < packets; ) {
    let end = 0;
    for (; end < piece.length && packet < packets; end += 80, ++packet) {
      const flow = flows[below(flows.length)]!;
      const isNew = flow.left === 0;
      if (isNew) {
        ports = 10_000 + ((ports - 9_999) % 50_000);
        Object.assign(flow, {host: below(400), server: below(200), port: ports, left: 50});
      }
      const isLast = --flow.left === 0;
      const isBack = !isNew && random() < 0.5;
      const micros = packet * 20;
      piece.fill(0, end, end + 80);
      piece.writeUInt32LE(1_767_607_200 + Math.floor(micros / 1e6), end);
      piece.writeUInt32LE(micros % 1e6, end + 4);
      piece.writeUInt32LE(64, end + 8);
      piece.writeUInt32LE(64, end + 12);
      const frame = end + 16;
      piece.writeUInt16BE(0x0800, frame + 12);
      piece[frame + 14] = 0x45;
      piece.writeUInt16BE(50, frame + 16);
      piece[frame + 22] = 64;
      piece[frame + 23] = 6;
      const [client, server] = [0x0a000000 + flow.host, 0x0a010000 + flow.server];
      piece.writeUInt32BE(isBack ? server : client, frame + 26);
      piece.writeUInt32BE(isBack ? client : server, frame + 30);
      piece.writeUInt16BE(isBack ? 443 : flow.port, frame + 34);
      piece.writeUInt16BE(isBack ? flow.port : 443, frame + 36);
      piece.writeUInt32BE(packet, frame + 38);
      piece[frame + 46] = 0x50;
      piece[frame + 47] = isNew ? 2 : isLast ? 4 : 16;
    }
    writeSync(file, piece, 0, end);
  }
  closeSync(file);
}
