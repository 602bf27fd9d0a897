/** What holds of a machine when all its processes have come and gone. */
import assert from "node:assert/strict";
import type { Machine } from "../../src/machine/mod.ts";

/**
 * Asserts that nothing is left of processes that have all exited, once ksmd has
 * come by. Stable nodes may be left: they hold no page, and go when a walk meets
 * them, or when all is unmerged.
 */
export function checkNothingLeft(machine: Machine): void {
  const { memory, ksm } = machine;
  assert.deepEqual(
    {
      slots: ksm.slots.live,
      items: ksm.items.live,
      frames: memory.frames.live,
      anonVmas: memory.anonVmas.live,
      mms: [...memory.mms.each()].length,
      contents: memory.contents.live,
    },
    { slots: 0, items: 0, frames: 0, anonVmas: 0, mms: 0, contents: 1 },
  );
}
