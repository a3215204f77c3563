import type {Member} from "./familyMembers.js";

/**
 * Members without those that hold nothing but the beginning of another: somebody has copied it, or it is being compressed or
 * copied before it is cut. Of those that begin alike, the one is left in which the generation was last, then the one that is
 * written, then what is not compressed, then the largest.
 */
export function withoutCopies(members: readonly Member[]): Member[] {
  const byHead = [...members].sort((a, b) => Buffer.compare(a.head, b.head) || compareRanks(rankOf(b), rankOf(a)));
  const copies = new Set<Member>();
  let kept: Member | undefined;
  // What begins with all of a head follows it.
  for (const [i, member] of byHead.entries()) {
    const next = byHead[i + 1];
    if (kept !== undefined && Buffer.compare(kept.head, member.head) === 0) copies.add(member);
    else kept = member;
    const isPart = next !== undefined && next.head.length > member.head.length && beginsWith(next.head, member.head);
    if (isPart) for (const other of byHead.slice(byHead.indexOf(kept), i + 1)) copies.add(other);
  }
  return copies.size === 0 ? [...members] : members.filter((member) => !copies.has(member));
}

function rankOf({generation, place, suffix, isGzip}: Member): number[] {
  return [Number(generation?.id === place.id), Number(suffix === ""), Number(!isGzip), place.size];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((rank, j) => rank !== b[j]);
  return i < 0 ? 0 : a[i]! - b[i]!;
}

function beginsWith(bytes: Uint8Array, beginning: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, beginning.length), beginning) === 0;
}
