import {type RequestRecord, requestText} from "../../formats/requestRecord.js";
import {numbers, type Table} from "../table.js";
import type {TableBuilder} from "../tableBuilder.js";
import {columnOf} from "./sessionTable.js";

/** What logs have stated so far, of that which some never state. */
export class Stated {
  private bits = 0;

  add({status, starts, ends}: RequestRecord): void {
    if (this.bits === everything) return;
    if (status > 0) this.bits |= statusBit;
    if (ends[method]! > starts[method]!) this.bits |= methodBit;
    if (ends[referrer]! > starts[referrer]!) this.bits |= referrerBit;
    if (ends[agent]! > starts[agent]!) this.bits |= agentBit;
  }

  get hasReferrers(): boolean {
    return (this.bits & referrerBit) !== 0;
  }

  /** Makes missing, in rows of sessions, the features of what has not been stated. */
  blank(table: Table): void {
    for (const [bit, names] of features) {
      if (this.bits & bit) continue;
      for (const name of names) numbers(table, name).fill(Number.NaN);
    }
  }

  /** The same for one row, by what has been stated until now. */
  blankRow(rows: TableBuilder, row: number): void {
    if (this.bits === everything) return;
    for (const [bit, names] of features) {
      if (this.bits & bit) continue;
      for (const name of names) rows.setNumber(columnOf[name], row, Number.NaN);
    }
  }
}

const {method, referrer, agent} = requestText;
const [statusBit, methodBit, referrerBit, agentBit, everything] = [1, 2, 4, 8, 15];

const features: readonly (readonly [number, readonly (keyof typeof columnOf)[]])[] = [
  [statusBit, ["error_share", "not_found_share", "denied_share", "redirect_share"]],
  [methodBit, ["post_share", "unusual_method_share"]],
  [referrerBit, ["referrer_share"]],
  [agentBit, ["agents_of_address", "declared_bot", "header_plausibility"]]
];
