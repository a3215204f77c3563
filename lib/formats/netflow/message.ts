/** Of a datagram, or of a set that waited for its template: its bytes, and what its header says of time. */
export interface Message {
  readonly bytes: Uint8Array;
  /** UTC milliseconds when it was exported, by the exporter’s clock. */
  readonly exportTime: number;
  /** UTC milliseconds when the exporter’s uptime was 0; NaN where the header does not tell, as in IPFIX. */
  readonly bootTime: number;
}

/**
 * The time of an uptime, UTC milliseconds: uptimes count milliseconds in 32 bits and begin anew after 49.7 days, so that it is
 * the one nearest to the export.
 */
export function timeOfUptime(uptime: number, bootTime: number, exportTime: number): number {
  const before = exportTime - bootTime - uptime;
  return exportTime - (before - 2 ** 32 * Math.round(before / 2 ** 32));
}
