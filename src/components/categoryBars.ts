import {html} from "htl";
import {describeColumn} from "../lib/traffic/schema.js";
import type {Categories} from "../lib/traffic/table.js";
import {formatCount, formatCounted, formatPercent} from "./format.js";
import {trafficType, trafficTypes} from "./palette.js";

/** One text, or what stands for several: rows of each traffic type. */
interface Group {
  readonly name: string;
  /** Whether the rows have a text, and it is this one. */
  readonly isOwn: boolean;
  readonly isSum?: boolean;
  readonly counts: readonly number[];
}

/**
 * The most frequent texts of a feature, genuine against fake, each as a share of its own rows; lengths grow with the square
 * root, as the rare is what matters. What is less frequent than `most` others is summed up, missing ones stand for
 * themselves.
 */
export function categoryBars(
  name: string,
  column: Categories,
  label: Float64Array | null,
  {most = 12}: {most?: number} = {}
): DocumentFragment {
  const {title, meaning} = describeColumn(name);
  const {groups, distinct} = groupsOf(column, label, most);
  const rows = trafficTypes.map((_, type) => groups.reduce((sum, {counts}) => sum + counts[type]!, 0));
  const types = trafficTypes.flatMap((_, type) => (rows[type]! > 0 ? [type] : []));
  const longest = Math.max(...groups.flatMap(({counts}) => types.map((type) => counts[type]! / rows[type]!)));
  const bar = ({counts}: Group, type: number) => {
    const share = counts[type]! / rows[type]!;
    const {short, color} = trafficTypes[type]!;
    return html`<div title=${`${short}: ${formatCounted(counts[type]!, "row")}, ${formatPercent(share, 2)}`}>
      ${share === 0 ? null : html`<i style=${{width: `calc((100% - 3.6rem) * ${Math.sqrt(share / longest)})`, background: color}}></i>`}<small>${formatShare(share)}</small>
    </div>`;
  };
  return html.fragment`<h3 title=${meaning}>${title}</h3>
    <p>${mostFrequent(groups, types)}${distinct > most ? `; ${formatCount(distinct)} different` : ""}</p>
    <table class="category-bars"><tbody>${groups.map(
      (group) => html`<tr><th scope="row" title=${group.name} class=${group.isOwn ? "" : "muted"}>${group.name}</th>
        <td>${types.map((type) => bar(group, type))}</td></tr>`
    )}</tbody></table>`;
}

function groupsOf({codes, values}: Categories, label: Float64Array | null, most: number) {
  const counts = [...values, null].map(() => [0, 0, 0]);
  for (let row = 0; row < codes.length; ++row) {
    const code = codes[row]!;
    counts[code < 0 ? values.length : code]![trafficType(label?.[row])]!++;
  }
  const missing = counts.pop()!;
  const total = (code: number) => counts[code]!.reduce((a, b) => a + b);
  const order = Array.from(counts.keys())
    .filter((code) => total(code) > 0)
    .sort((a, b) => total(b) - total(a) || a - b);
  const rest = order.slice(most);
  const sum = rest.reduce((sums, code) => sums.map((count, type) => count + counts[code]![type]!), [0, 0, 0]);
  const groups: Group[] = [
    ...order.slice(0, most).map((code) => ({name: values[code]!, isOwn: true, counts: counts[code]!})),
    ...(rest.length > 0 ? [{name: formatCounted(rest.length, "other"), isOwn: false, isSum: true, counts: sum}] : []),
    ...(missing.some((count) => count > 0) ? [{name: "missing", isOwn: false, counts: missing}] : [])
  ];
  return {groups, distinct: order.length};
}

function mostFrequent(groups: readonly Group[], types: readonly number[]): string {
  const parts = types.map((type) => {
    const {name} = groups.filter(({isSum}) => !isSum).reduce((a, b) => (b.counts[type]! > a.counts[type]! ? b : a));
    return types.length === 1 && type === 2 ? name : `${trafficTypes[type]!.short} ${name}`;
  });
  return `Most often ${parts.join(", ")}`;
}

function formatShare(share: number): string {
  if (share === 0) return "";
  return share < 0.001 ? "< 0.1\u00a0%" : formatPercent(share, share < 0.1 ? 1 : 0);
}
