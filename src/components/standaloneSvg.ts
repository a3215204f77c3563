import {svgElement} from "./svg.js";

/** A drawing that needs nothing of the page it was made on. */
export interface StandaloneSvg {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

const margin = 16;

/**
 * What an element shows, as one SVG with a title above it: drawings, pictures, the text of HTML and the colors behind
 * it. Colors are those of the moment, written so that any program reads them; tips are left out.
 */
export function standaloneSvg(chart: Element, title: string): StandaloneSvg {
  const frame = chart.getBoundingClientRect();
  const width = Math.ceil(frame.width) + 2 * margin;
  const {fontFamily, color} = getComputedStyle(chart);
  // Where the page’s font is missing, another one may be wider.
  const lines = wrapped(title, 0.88 * (width - 2 * margin), `600 16px ${fontFamily}`);
  const top = margin + (lines.length === 0 ? 0 : 22 * lines.length + 6);
  const height = Math.ceil(frame.height) + top + margin;
  const root = svgElement("svg", {width, height, viewBox: `0 0 ${width} ${height}`, "font-family": fontFamily});
  root.append(svgElement("rect", {width, height, fill: backgroundOf(chart)}));
  for (const [i, line] of lines.entries()) {
    const y = margin + 15 + 22 * i;
    const text = svgElement("text", {x: margin, y, "font-size": 16, "font-weight": 600, fill: plain(color).color});
    text.textContent = line;
    root.append(text);
  }
  for (const part of drawn(chart, {x: margin - frame.left, y: top - frame.top})) root.append(part);
  return {text: new XMLSerializer().serializeToString(root), width, height};
}

/**
 * The drawing as a PNG, so many pixels for one of its own, in the fonts of the page. Rejected when it cannot be drawn.
 */
export async function svgImage({text, width, height}: StandaloneSvg, scale: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([withFonts(text)], {type: "image/svg+xml"}));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const context = context2d(width * scale, height * scale);
    const {canvas} = context;
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob === null ? reject(new Error("unable to draw the chart")) : resolve(blob)),
        "image/png"
      );
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

interface Offset {
  x: number;
  y: number;
}

/** What an element shows, moved by an offset from its place on the screen. */
function drawn(element: Element, offset: Offset): Element[] {
  const style = getComputedStyle(element);
  if (style.display === "none" || element.matches("button, input, select, .save-chart")) return [];
  const {left, top, width, height} = element.getBoundingClientRect();
  const place = {x: left + offset.x, y: top + offset.y, width, height};
  if (element instanceof SVGSVGElement) return [drawing(element, place)];
  if (element instanceof HTMLCanvasElement) return [svgElement("image", {...place, href: element.toDataURL()})];
  const parts = style.visibility === "hidden" ? [] : boxOf(style, place);
  for (const child of element.childNodes) {
    if (child instanceof Element) parts.push(...drawn(child, offset));
    else if (child instanceof Text && style.visibility !== "hidden") parts.push(...words(child, style, offset));
  }
  return parts;
}

function boxOf({backgroundColor, borderTopLeftRadius}: CSSStyleDeclaration, place: Record<string, number>): Element[] {
  const {color, alpha} = plain(backgroundColor);
  if (alpha === 0) return [];
  const rx = Number.parseFloat(borderTopLeftRadius);
  return [svgElement("rect", {...place, rx, fill: color, "fill-opacity": alpha})];
}

/** The text of a node, a line for each that it takes on the screen. */
function words(node: Text, style: CSSStyleDeclaration, offset: Offset): Element[] {
  const range = document.createRange();
  const lines: {text: string; left: number; right: number; middle: number}[] = [];
  for (const {index, 0: word} of node.data.matchAll(/\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const {left, right, top, height} = range.getBoundingClientRect();
    if (right === left) continue;
    const middle = top + height / 2;
    const last = lines.at(-1);
    if (last === undefined || Math.abs(last.middle - middle) > height / 2) {
      lines.push({text: word, left, right, middle});
    } else {
      last.text += ` ${word}`;
      last.right = right;
    }
  }
  return lines.map(({text, left, right, middle}) => {
    const element = svgElement("text", {
      x: (left + right) / 2 + offset.x,
      y: middle + offset.y,
      "text-anchor": "middle",
      "dominant-baseline": "central",
      "font-family": style.fontFamily,
      "font-size": style.fontSize,
      "font-weight": style.fontWeight,
      fill: plain(style.color).color
    });
    element.textContent = text;
    return element;
  });
}

// What rules or surroundings may say instead of attributes. A child has those of its parent unless it says otherwise.
const inherited = [
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "stroke-linecap",
  "font-size",
  "font-weight",
  "font-family",
  "text-anchor",
  "paint-order"
];

/** A copy of a drawing whose attributes say all that rules of the page say about it. */
function drawing(svg: SVGSVGElement, place: Record<string, number>): Element {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  restyle(svg, copy, null);
  for (const [key, value] of Object.entries(place)) copy.setAttribute(key, `${value}`);
  copy.setAttribute("overflow", "visible");
  return copy;
}

function restyle(shown: Element, copy: Element, outer: CSSStyleDeclaration | null): void {
  const style = getComputedStyle(shown);
  for (const name of ["class", "style"]) copy.removeAttribute(name);
  for (const name of inherited) {
    const value = style.getPropertyValue(name);
    if (copy.hasAttribute(name) || value !== outer?.getPropertyValue(name)) copy.setAttribute(name, value);
  }
  for (const name of ["fill", "stroke"]) paint(copy, name, style, outer);
  if (style.opacity !== "1") copy.setAttribute("opacity", style.opacity);
  const children = Array.from(shown.children, (child, i) => [child, copy.children[i]!] as const);
  for (const [child, childCopy] of children) {
    if (isLeftOut(child)) childCopy.remove();
    else restyle(child, childCopy, style);
  }
}

function paint(copy: Element, name: string, style: CSSStyleDeclaration, outer: CSSStyleDeclaration | null): void {
  const opacityName = `${name}-opacity`;
  const [value, opacity] = [name, opacityName].map((key) => style.getPropertyValue(key));
  const isSame = value === outer?.getPropertyValue(name) && opacity === outer?.getPropertyValue(opacityName);
  if (isSame && !copy.hasAttribute(name) && !copy.hasAttribute(opacityName)) return;
  if (value === "none" || value!.startsWith("url(")) {
    copy.setAttribute(name, value!);
    return;
  }
  const {color, alpha} = plain(value!);
  copy.setAttribute(name, color);
  copy.setAttribute(opacityName, `${alpha * Number(opacity)}`);
}

function isLeftOut(element: Element): boolean {
  const {display, visibility} = getComputedStyle(element);
  const isHidden = visibility === "hidden" && element.children.length === 0;
  return isHidden || display === "none" || element.matches(".chart-tip, [aria-label=tip], style");
}

/** A color as the page computes it, in the notation that every program reads, and its opacity. */
function plain(value: string): {color: string; alpha: number} {
  const parts = /^rgba?\(([^)]*)\)$/.exec(value);
  const numbers = parts === null ? painted(value) : parts[1]!.split(/[\s,/]+/).map(Number);
  const [r, g, b, alpha = 1] = numbers;
  return {color: `#${[r!, g!, b!].map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`, alpha};
}

// Mixed colors are computed in notations of their own; a canvas knows them all.
function painted(value: string): number[] {
  const context = context2d(1, 1);
  context.fillStyle = value;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
  return [r!, g!, b!, a! / 255];
}

function backgroundOf(element: Element): string {
  for (let e: Element | null = element; e !== null; e = e.parentElement) {
    const {color, alpha} = plain(getComputedStyle(e).backgroundColor);
    if (alpha === 1) return color;
  }
  return "#ffffff";
}

/** Text in lines of at most a width. */
function wrapped(text: string, width: number, font: string): string[] {
  const context = context2d(1, 1);
  context.font = font;
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The drawing with those fonts of the page in it that hold their own data: a picture may not load any. */
function withFonts(text: string): string {
  const faces = Array.from(document.styleSheets)
    .flatMap((sheet) => Array.from(sheet.cssRules))
    .filter((rule) => rule instanceof CSSFontFaceRule)
    .filter(({style}) => {
      const family = style.getPropertyValue("font-family").replaceAll(/["']/g, "");
      return text.includes(family) && style.getPropertyValue("src").includes("data:");
    })
    .map(({cssText}) => cssText);
  return text.replace(">", `><style>${faces.join("\n").replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</style>`);
}

function context2d(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, {width, height});
  return canvas.getContext("2d")!;
}
