/**
 * What a log’s own label says of a flow: 1 malicious, 0 genuine, NaN where it says neither. “Malicious” and “Benign” as in
 * IoT-23, with or without more words; as in CTU-13 “…Botnet…” and “…Normal…”, while “Background” is unknown and so is what
 * goes “To-Botnet” or “To-Normal”, of which CTU’s authors say that its senders are.
 * https://www.stratosphereips.org/datasets-ctu13
 */
export function labelOfText(label: string | null): number {
  if (label === null || /\b(background|to-(botnet|normal))\b/i.test(label)) return Number.NaN;
  const isMalicious = /(^|[^a-z])(malicious|botnet|attack|malware)([^a-z]|$)/i.test(label);
  const isGenuine = /(^|[^a-z])(benign|normal|genuine|legitimate)([^a-z]|$)/i.test(label);
  return isMalicious === isGenuine ? Number.NaN : isMalicious ? 1 : 0;
}
