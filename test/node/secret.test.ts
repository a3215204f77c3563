import {expect, test} from "vitest";
import {InputError} from "../../lib/inputError.js";
import {secret} from "../../lib/node/secret.js";

test("secret(name) is the environment variable, and an error where there is none", () => {
  process.env.EDDY_TEST_SECRET = "hidden";
  expect(secret("EDDY_TEST_SECRET")).toBe("hidden");
  process.env.EDDY_TEST_SECRET = "";
  expect(() => secret("EDDY_TEST_SECRET")).toThrow(new InputError("missing environment variable: EDDY_TEST_SECRET"));
  delete process.env.EDDY_TEST_SECRET;
  expect(() => secret("EDDY_TEST_SECRET")).toThrow(InputError);
});
