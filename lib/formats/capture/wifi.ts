import {u16Little, u32Little} from "./endian.js";
import {layerOf} from "./linkTypes.js";
import type {Packet} from "./packet.js";
import type {Step} from "./step.js";

/** Takes off a radiotap header, https://www.radiotap.org. */
export function readRadiotap(packet: Packet): Step {
  const {bytes, start, end} = packet;
  if (end - start < 8) return "header cut short";
  const length = u16Little(bytes, start + 2);
  if (length < 8 || length > end - start) return "header cut short";
  packet.start = start + length;
  return "802.11";
}

/** Takes off a header of per-packet information (PPI), which states the link type that follows. */
export function readPpi(packet: Packet): Step {
  const {bytes, start, end} = packet;
  if (end - start < 8) return "header cut short";
  const length = u16Little(bytes, start + 2);
  if (length < 8 || length > end - start) return "header cut short";
  packet.start = start + length;
  return layerOf(u32Little(bytes, start + 4));
}

/** Takes off the header of macOS’s `pktap` interface, which states the link type that follows. */
export function readPktap(packet: Packet): Step {
  const {bytes, start, end} = packet;
  if (end - start < 12) return "header cut short";
  const length = u32Little(bytes, start);
  if (length < 12 || length > end - start) return "header cut short";
  packet.start = start + length;
  return layerOf(u32Little(bytes, start + 8));
}

/** Takes off the header of an IEEE 802.11 frame of data that is not encrypted; others are passed over. */
export function readWifi(packet: Packet): Step {
  const {bytes, start, end} = packet;
  if (end - start < 2) return "header cut short";
  const [control, flags] = [bytes[start]!, bytes[start + 1]!];
  const isData = (control & 0x0c) === 0x08 && (control & 0x40) === 0;
  const isProtected = (flags & 0x40) !== 0;
  if (!isData || isProtected) return "802.11 frame";
  const isBetweenStations = (flags & 3) === 3;
  const hasQuality = (control & 0x80) !== 0;
  const hasControl = hasQuality && (flags & 0x80) !== 0;
  const quality = start + (isBetweenStations ? 30 : 24);
  packet.start = quality + (hasQuality ? 2 : 0) + (hasControl ? 4 : 0);
  if (packet.start > end) return "header cut short";
  const isAggregate = hasQuality && (bytes[quality]! & 0x80) !== 0;
  return isAggregate ? "802.11 frame" : "llc";
}
