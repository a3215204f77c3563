import fc from "fast-check";
import {expect, test} from "vitest";
import {InputError} from "../lib/inputError.js";

test("InputError shows its message and no stack", () => {
  const error = new InputError("traffic.csv:17: invalid request_rate: abc");
  expect(error).toBeInstanceOf(Error);
  expect([error.name, error.message, error.stack]).toEqual(["InputError", error.stack, error.message]);
  expect(error.message).toBe("traffic.csv:17: invalid request_rate: abc");
});

test("InputError stays on one short line without control characters, whatever the input holds", () => {
  expect(new InputError("a.csv:2: invalid client: \x1b[31mred\r\nline\u2028end").message).toBe(
    "a.csv:2: invalid client:  [31mred  line end"
  );
  fc.assert(
    fc.property(fc.array(fc.nat(0x2fff), {maxLength: 600}), (codes) => {
      const {message} = new InputError(String.fromCharCode(...codes));
      expect(/[\p{Cc}\u2028\u2029]/u.test(message)).toBe(false);
      expect(message.length).toBeLessThanOrEqual(400);
    }),
    {numRuns: 30}
  );
});
