import {expect, test} from "vitest";
import {readAgent} from "../../../lib/traffic/sessions/agent.js";

const year = 365.25 * 86_400_000;

test("readAgent(text) takes browsers for browsers, and programs and nothing for bots", () => {
  const browsers = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.1.2 Safari/537.36",
    "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1)",
    "Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18"
  ];
  for (const text of browsers)
    expect([text, readAgent(text)]).toMatchObject([text, {isBot: false, isWellFormed: true}]);
  const bots = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36",
    "Mozilla/5.0 zgrab/0.x",
    "curl/8.5.0",
    "Wget/1.21",
    "python-requests/2.32.3",
    "Go-http-client/1.1",
    "Hello, World",
    "ZmEu",
    null
  ];
  for (const text of bots) expect([text, readAgent(text).isBot]).toEqual([text, true]);
});

test("readAgent(text) says of a claimed browser that lacks platform or engine that it is not well formed", () => {
  const texts = ["Chrome/54.0 (Windows NT 10.0)", "Mozilla/5.0", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"];
  for (const text of texts) expect([text, readAgent(text)]).toMatchObject([text, {isBot: false, isWellFormed: false}]);
});

test("readAgent(text) knows to within eight months when a version came out", () => {
  const known = {
    "Chrome/10.": Date.UTC(2011, 2, 8),
    "Chrome/32.": Date.UTC(2014, 0, 14),
    "Chrome/60.": Date.UTC(2017, 6, 25),
    "Chrome/80.": Date.UTC(2020, 1, 4),
    "Chrome/110.": Date.UTC(2023, 1, 7),
    "Firefox/27.": Date.UTC(2014, 1, 4),
    "Firefox/57.": Date.UTC(2017, 10, 14),
    "Firefox/115.": Date.UTC(2023, 6, 4)
  };
  for (const [version, released] of Object.entries(known)) {
    const years = (readAgent(`Mozilla/5.0 (X11) ${version}0`).released - released) / year;
    expect([version, Math.abs(years) < 0.7]).toEqual([version, true]);
  }
  expect(readAgent("Mozilla/5.0 (iPad) AppleWebKit/605.1.15 Version/17.0 Safari/604.1").released).toBeNaN();
});
