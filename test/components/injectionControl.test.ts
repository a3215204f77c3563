import {expect, test} from "vitest";
import {readInjection, writeInjection} from "../../src/components/injectionControl.js";

const kinds = ["fast scraper", "click fraud"];

test("readInjection(query, kinds) reads what writeInjection writes, beside what else an address says", () => {
  const query = new URLSearchParams("threshold=mad:3&not-injected=fast+scraper");
  const choice = {kinds: ["fast scraper"], share: 0.05, seed: 7};
  writeInjection(query, choice, kinds);
  expect(`${query}`).toBe("threshold=mad%3A3&injected-share=0.05&injected-seed=7&not-injected=click+fraud");
  expect(readInjection(query, kinds)).toEqual(choice);
  writeInjection(query, {kinds, share: 0.01, seed: 1}, kinds);
  expect(`${query}`).toBe("threshold=mad%3A3");
});

test("readInjection(query, kinds) takes the defaults for what is missing, unknown or wrong", () => {
  const all = {kinds, share: 0.01, seed: 1};
  expect(readInjection(new URLSearchParams(), kinds)).toEqual(all);
  const wrong = "injected-share=0.5&injected-seed=-1&not-injected=ghost&injected-seed=2";
  expect(readInjection(new URLSearchParams(wrong), kinds)).toEqual(all);
});
