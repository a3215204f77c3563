import type {Page} from "playwright-core";

/** The visible text of an element, on one line. */
export async function text(locator: ReturnType<Page["locator"]>): Promise<string> {
  return (await locator.innerText()).replace(/\s+/g, " ").trim();
}

/** True negatives, misses, false alarms, catches, as they stand in the heat map. */
export async function matrixOf(page: Page): Promise<number[]> {
  const counts = await page.locator(".confusion strong:visible").allInnerTexts();
  return counts.map((count) => Number(count.replaceAll(",", "")));
}
