/** An element of SVG with attributes. */
export function svgElement<N extends keyof SVGElementTagNameMap>(
  name: N,
  attributes: Record<string, string | number> = {}
): SVGElementTagNameMap[N] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`);
  return element;
}

/** The drawing of a plot, which Plot wraps in a figure when it has a legend. */
export function svgOf(plot: Element): SVGSVGElement {
  const found = plot instanceof SVGSVGElement ? plot : plot.querySelector<SVGSVGElement>("svg[class^=plot]");
  if (!found) throw new Error("missing plot");
  return found;
}
