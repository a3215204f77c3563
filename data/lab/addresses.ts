/** The client addresses of an access log. */
export function addressesOfLog(log: Buffer): Set<string> {
  return new Set(
    log
      .toString("latin1")
      .split("\n")
      .map((line) => line.slice(0, line.indexOf(" ")))
      .filter(Boolean)
  );
}

/** The source addresses of the IPv4 packets of a little-endian pcap file of Ethernet frames, as tcpdump writes it. */
export function addressesOfPackets(capture: Buffer): Set<string> {
  const found = new Set<number>();
  for (let i = 24; i + 16 <= capture.length; i += 16 + capture.readUInt32LE(i + 8)) {
    const frame = i + 16;
    if (frame + 34 <= capture.length && capture.readUInt16BE(frame + 12) === 0x0800)
      found.add(capture.readUInt32BE(frame + 26));
  }
  return new Set([...found].map((d) => [d >>> 24, (d >>> 16) & 255, (d >>> 8) & 255, d & 255].join(".")));
}
