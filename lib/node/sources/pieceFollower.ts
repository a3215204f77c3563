import type {LogContent} from "./logContent.js";
import type {Piece} from "./piece.js";

/** What followers of logs and of streams do alike: they hand on the piece that they have read. */
export abstract class PieceFollower {
  /** What is read and not yet handed on. */
  protected piece: Piece | null = null;

  peek(): number {
    return this.piece?.peek() ?? Number.NEGATIVE_INFINITY;
  }

  hand(isLine: boolean, turnTo: (content: LogContent) => void): number {
    const {piece} = this;
    if (piece === null) return 0;
    turnTo(piece.content);
    const handed = piece.hand(isLine);
    if (piece.left === 0) this.piece = null;
    return handed;
  }
}
