import {expect, test} from "vitest";
import {labelOfText} from "../../../lib/traffic/flows/labelOfText.js";

test("labelOfText(label) reads the labels of IoT-23 and CTU-13", () => {
  const of = (...labels: string[]) => labels.map(labelOfText);
  expect(of("Malicious", "malicious", "Malicious   C&C", "(empty)   Malicious   PartOfAHorizontalPortScan")).toEqual([
    1, 1, 1, 1
  ]);
  expect(of("Benign", "benign", "-   Benign   -")).toEqual([0, 0, 0]);
  expect(of("flow=From-Botnet-V42-TCP-CC106-IRC-Not-Encrypted", "Botnet")).toEqual([1, 1]);
  expect(of("flow=From-Normal-V42-Stribrek", "flow=Normal-V42-HTTP-windowsupdate", "Normal")).toEqual([0, 0, 0]);
  expect(of("flow=Background-UDP-Established", "Background", "flow=Background-Normal")).toEqual([NaN, NaN, NaN]);
  expect(of("flow=To-Botnet-V42-UDP-DNS", "flow=To-Normal-V42-UDP-NTP-server")).toEqual([NaN, NaN]);
});

test("labelOfText(label) leaves what it does not know unknown", () => {
  for (const label of [null, "", "abnormal", "ET SCAN Nmap", "normal or malicious", "1"])
    expect(labelOfText(label)).toBeNaN();
});
