import fc from "fast-check";
import {expect, test} from "vitest";
import {flowText} from "../../../lib/formats/flowRecord.js";
import {TextCache} from "../../../lib/traffic/flows/textCache.js";
import {flowOf} from "./flowOf.js";

test("TextCache gives the text that the record gives, and equal hashes for equal texts only", () => {
  const text = fc.oneof(fc.string({maxLength: 80}), fc.string({unit: "binary", maxLength: 20}), fc.ipV4(), fc.ipV6());
  fc.assert(
    fc.property(fc.array(text, {maxLength: 40}), (texts) => {
      const cache = new TextCache();
      const hashes = new Map<string | null, string>();
      for (const text of [...texts, ...texts]) {
        const record = flowOf({id: "before", source: text, label: "after"});
        const known = record.text(flowText.source);
        expect(cache.text(record, flowText.source)).toBe(known);
        const hash = `${cache.high},${cache.low}`;
        expect(hashes.get(known) ?? hash).toBe(hash);
        hashes.set(known, hash);
      }
      expect(new Set(hashes.values()).size).toBe(hashes.size);
    })
  );
});

test("TextCache tells bytes of UTF-8 from the text of which they are the code units", () => {
  const cache = new TextCache();
  for (const text of ["Ã©", "é", "Ã©", "é"]) {
    expect(cache.text(flowOf({source: text}), flowText.source)).toBe(text);
  }
});
