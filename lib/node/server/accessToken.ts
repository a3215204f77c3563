import {createHash, createHmac, timingSafeEqual} from "node:crypto";

/** A secret that whoever asks must know. How long it takes to compare says nothing about it. */
export class AccessToken {
  private readonly digest: Buffer;
  /** What a browser keeps in its place, which tells nobody the token. */
  readonly cookie: string;

  constructor(token: string) {
    this.digest = sha256(token);
    this.cookie = createHmac("sha256", token).update("cookie of eddy").digest("base64url");
  }

  /** Whether this is the token. */
  is(text: string): boolean {
    return timingSafeEqual(this.digest, sha256(text));
  }

  /** Whether a header Authorization bears the token. */
  isBorneBy(authorization = ""): boolean {
    const [, text] = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization) ?? [];
    return text !== undefined && this.is(text);
  }

  /** Whether a header Cookie holds the cookie under its name. */
  isKeptIn(cookies = "", name: string): boolean {
    const expected = sha256(this.cookie);
    const values = cookies.split(";", 64).map((pair) => pair.trim().split("="));
    return values.some(([key, value = ""]) => key === name && timingSafeEqual(expected, sha256(value)));
  }
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
