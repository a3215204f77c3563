/** The bytes of an IP address in network order, 4 or 16. */
export type AddressBytes = Uint8Array;

/**
 * The bytes of an IPv4 or IPv6 address, null for anything else: host names, ports, brackets and prefix lengths too. IPv4
 * has four decimals without leading zeros, since others read these as octal; the zone of an IPv6 address (`%eth0`) is left
 * out. IPv4 within IPv6 (`::ffff:192.0.2.1`) gives 16 bytes.
 */
export function parseAddress(text: string): AddressBytes | null {
  if (text.length > longest) return null;
  if (!text.includes(":")) return parseIpv4(text);
  const zone = text.indexOf("%");
  if (zone < 0) return parseIpv6(text);
  return /^[\dA-Za-z.:-]+$/.test(text.slice(zone + 1)) ? parseIpv6(text.slice(0, zone)) : null;
}

/** The text of an address of 4 or 16 bytes, IPv6 as RFC 5952 writes it, mapped IPv4 as `::ffff:192.0.2.1`. */
export function formatAddress(bytes: AddressBytes): string {
  if (bytes.length === 4) return bytes.join(".");
  if (bytes.length !== 16) throw new RangeError(`expected 4 or 16 bytes of an address, got: ${bytes.length}`);
  if (isMapped(bytes)) return `::ffff:${bytes.subarray(12).join(".")}`;
  const {start, length} = longestZeros(bytes);
  let text = "";
  for (let i = 0; i < 8; ++i) {
    if (i === start) {
      text += "::";
      i += length - 1;
    } else {
      text += `${text === "" || text.endsWith(":") ? "" : ":"}${hextetAt(bytes, i).toString(16)}`;
    }
  }
  return text;
}

/** The network of the first `prefix` bits of an address, as `203.0.113.0/24`. */
export function formatNetwork(bytes: AddressBytes, prefix: number): string {
  const network = bytes.map((byte, i) => byte & (0xff00 >> Math.min(8, Math.max(0, prefix - 8 * i))));
  return `${formatAddress(network)}/${prefix}`;
}

// Eight hextets with IPv4 at the end are 45 characters; a zone may follow.
const longest = 100;

function parseIpv4(text: string): AddressBytes | null {
  const bytes = new Uint8Array(4);
  return readIpv4(text, 0, bytes, 0) ? bytes : null;
}

/** Reads four decimals from `at` to the end of the text. */
function readIpv4(text: string, at: number, bytes: Uint8Array, offset: number): boolean {
  let part = 0;
  let digits = 0;
  let value = 0;
  for (let i = at; i <= text.length; ++i) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      if (digits > 0 && value === 0) return false;
      value = 10 * value + code - 48;
      if (value > 255) return false;
      ++digits;
    } else {
      if (digits === 0 || part === 4 || (i < text.length && code !== 46)) return false;
      bytes[offset + part++] = value;
      value = digits = 0;
    }
  }
  return part === 4;
}

function parseIpv6(text: string): AddressBytes | null {
  const bytes = new Uint8Array(16);
  let filled = 0;
  let gap = -1;
  let i = 0;
  if (text.startsWith("::")) {
    gap = 0;
    i = 2;
  }
  while (i < text.length) {
    const begin = i;
    let value = 0;
    for (let digit = hexDigit(text.charCodeAt(i)); digit >= 0; digit = hexDigit(text.charCodeAt(++i))) {
      value = 16 * value + digit;
    }
    if (text.charCodeAt(i) === 46) {
      if (filled > 12 || !readIpv4(text, begin, bytes, filled)) return null;
      filled += 4;
      i = text.length;
      break;
    }
    if (i === begin || i - begin > 4 || filled === 16) return null;
    bytes[filled++] = value >> 8;
    bytes[filled++] = value & 255;
    if (i === text.length) break;
    if (text.charCodeAt(i) !== 58) return null;
    if (text.charCodeAt(i + 1) !== 58) {
      if (++i === text.length) return null;
    } else {
      if (gap >= 0) return null;
      gap = filled;
      i += 2;
    }
  }
  if (gap < 0) return filled === 16 ? bytes : null;
  if (filled > 14) return null;
  bytes.copyWithin(16 - filled + gap, gap, filled);
  bytes.fill(0, gap, 16 - filled + gap);
  return bytes;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

function isMapped(bytes: AddressBytes): boolean {
  for (let i = 0; i < 10; ++i) if (bytes[i] !== 0) return false;
  return bytes[10] === 255 && bytes[11] === 255;
}

/** The first of the longest runs of at least two hextets that are zero. */
function longestZeros(bytes: AddressBytes): {start: number; length: number} {
  let [start, length] = [-1, 1];
  for (let i = 0; i < 8; ++i) {
    let end = i;
    while (end < 8 && hextetAt(bytes, end) === 0) ++end;
    if (end - i > length) [start, length] = [i, end - i];
    i = Math.max(i, end - 1);
  }
  return {start, length};
}

function hextetAt(bytes: AddressBytes, i: number): number {
  return (bytes[2 * i]! << 8) | bytes[2 * i + 1]!;
}
