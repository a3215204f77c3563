import {type RequestRecord, requestText} from "../../formats/requestRecord.js";
import {numbers, type Table} from "../table.js";

/** What each file has stated so far, of that which some logs never state. */
export class Stated {
  private readonly files: number[] = [];

  add(file: number, {status, starts, ends}: RequestRecord): void {
    let bits = 0;
    if (status > 0) bits |= statusBit;
    if (ends[method]! > starts[method]!) bits |= methodBit;
    if (ends[referrer]! > starts[referrer]!) bits |= referrerBit;
    if (ends[agent]! > starts[agent]!) bits |= agentBit;
    this.files[file] = (this.files[file] ?? 0) | bits;
  }

  hasReferrers(file: number): boolean {
    return ((this.files[file] ?? 0) & referrerBit) !== 0;
  }

  /** Makes missing, in rows of sessions, the features of what their files have not stated. */
  blank(table: Table): void {
    const files = numbers(table, "source_file");
    for (const [bit, names] of features) {
      if (!files.some((file) => ((this.files[file] ?? 0) & bit) === 0)) continue;
      for (const name of names) {
        const column = numbers(table, name);
        for (let row = 0; row < table.rows; ++row) {
          if (((this.files[files[row]!] ?? 0) & bit) === 0) column[row] = Number.NaN;
        }
      }
    }
  }
}

const {method, referrer, agent} = requestText;
const [statusBit, methodBit, referrerBit, agentBit] = [1, 2, 4, 8];

const features: readonly (readonly [number, readonly string[]])[] = [
  [statusBit, ["error_share", "not_found_share", "denied_share", "redirect_share"]],
  [methodBit, ["post_share", "unusual_method_share"]],
  [referrerBit, ["referrer_share"]],
  [agentBit, ["declared_bot", "header_plausibility"]]
];
