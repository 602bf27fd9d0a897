/**
 * Who waits for whom, in words that cannot be read the other way round: the one
 * who waits stands first.
 *
 * @module
 */
import type { LockWaitView } from "../observe/snapshot.ts";

/** A thread without the name of its process. */
function threadName(actor: string): string {
  return actor.slice(actor.lastIndexOf("/") + 1);
}

function andMore(count: number): string {
  return count === 0 ? "" : ` and ${count} more`;
}

function plus(count: number): string {
  return count === 0 ? "" : ` +${count}`;
}

/**
 * Who waits for a lock, the longest text first: the one that has waited longest,
 * how many others there are, and who holds it. The shortest one says no more than
 * who waits. None where nobody does.
 *
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const [longest, ...shorter] = waiterWords([{
 *   actor: "vm-b/writer-2",
 *   lockClass: "&mm->mmap_lock",
 *   instance: 2,
 *   name: "vm-b",
 *   mode: "exclusive",
 *   site: "mmap:mmap_lock",
 *   waitedNanos: 52_000,
 *   holders: [{ actor: "ksmd", site: "scan_get_next_rmap_item:mmap_lock" }],
 * }]);
 * assert.equal(longest, "vm-b/writer-2 waits for ksmd");
 * assert.deepEqual(shorter.slice(-2), ["writer-2 for ksmd", "writer-2"]);
 * ```
 */
export function waiterWords(waits: readonly LockWaitView[]): string[] {
  const [first, ...others] = waits;
  if (first === undefined) return [];
  const { length: more } = others;
  const waitsWord = more === 0 ? "waits" : "wait";
  const [holder, ...holders] = first.holders.map(({ actor }) => actor);
  const briefly = threadName(first.actor) + plus(more);
  if (holder === undefined) {
    const who = first.actor + andMore(more);
    return [`${who} ${waitsWord}`, `${briefly} ${waitsWord}`, briefly];
  }
  const { length: beside } = holders;
  const held = holder + plus(beside);
  const heldBriefly = threadName(holder) + plus(beside);
  return [
    `${first.actor}${andMore(more)} ${waitsWord} for ${holder}${
      andMore(beside)
    }`,
    `${first.actor}${plus(more)} ${waitsWord} for ${held}`,
    `${briefly} ${waitsWord} for ${heldBriefly}`,
    `${briefly} for ${heldBriefly}`,
    briefly,
  ];
}
