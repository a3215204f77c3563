/**
 * A request’s target without what may tell who somebody is; what is hidden becomes `*`. Hidden are the values of a query
 * and of parameters in a path (`;jsessionid=…`), and their names that are no plain words, fragments, and those parts between
 * slashes that hold, escaped or not, an e-mail address, an IP address, a home directory (`~jane`), a number of six digits or
 * more, or a token: sixteen or more letters and digits, of which digits stand in four places or more. The host of a target that states one goes through `host`, and its user is
 * left out. Words stay: a name in `/users/jane` is not recognised.
 */
export function hidePath(target: string, host: (text: string) => string): string {
  const whole = target.split("#", 1)[0]!;
  const mark = whole.indexOf("?");
  const path = mark < 0 ? whole : whole.slice(0, mark);
  return hidePlace(path, host) + (mark < 0 ? "" : `?${hideQuery(whole.slice(mark + 1))}`);
}

function hidePlace(path: string, host: (text: string) => string): string {
  const absolute = /^([a-z][a-z0-9+.-]*:)?\/\/([^/]*)/i.exec(path);
  if (absolute !== null) {
    const authority = absolute[2]!.slice(absolute[2]!.lastIndexOf("@") + 1);
    const shown = authority === "" ? "" : host(authority);
    return `${absolute[1] ?? ""}//${shown}${hideParts(path.slice(absolute[0].length))}`;
  }
  // CONNECT names a host and its port.
  return /^[^/\s]+:\d{1,5}$/.test(path) ? host(path) : hideParts(path);
}

function hideParts(path: string): string {
  return path
    .split("/")
    .map((part) => (tells(part) ? "*" : hideParameters(part)))
    .join("/");
}

function hideParameters(part: string): string {
  const [name, ...parameters] = part.split(";");
  return [name, ...parameters.map(hidePair)].join(";");
}

function hideQuery(query: string): string {
  return query.split("&").map(hidePair).join("&");
}

function hidePair(pair: string): string {
  const equals = pair.indexOf("=");
  const name = equals < 0 ? pair : pair.slice(0, equals);
  const shown = plainWord.test(name) && !tells(name) ? name : "*";
  return equals < 0 ? shown : `${shown}=*`;
}

const plainWord = /^[a-z_][a-z_.\-[\]]{0,31}\d{0,2}$/i;

function tells(part: string): boolean {
  const plain = part.replaceAll(escaped, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return plain.startsWith("~") || hiding.some((pattern) => pattern.test(plain)) || hasToken(plain);
}

// Also escaped more than once.
const escaped = /%(?:25)*([2-7][\da-f])/gi;

const hiding = [
  /@/, // e-mail
  /\d{1,3}(?:\.\d{1,3}){3}/, // IPv4
  /::|(?:[\da-f]{1,4}:){3}/i, // IPv6
  /\d{6}/
];

// A title such as top-10-of-2024 has its digits in few places, a token all over.
function hasToken(part: string): boolean {
  const words = part.match(/[a-z\d_-]{16,}/gi) ?? [];
  return words.some((word) => (word.match(/\d+/g) ?? []).length > 3);
}
