/** What processes read, beside the plain model of their memory. */
import assert from "node:assert/strict";
import { contentAt } from "../../src/engine/mm/mod.ts";
import { type Machine, slotVpn } from "../../src/machine/mod.ts";
import { PAGE_BYTES } from "../../src/workload/mod.ts";
import type { NaiveMemory } from "./naive_memory.ts";

const out = new Uint8Array(PAGE_BYTES);

/** Asserts that every page of every process reads as in the model. */
export function checkReads(machine: Machine, model: NaiveMemory): void {
  const { contents } = machine.memory;
  for (const [name, { pages }] of model.processes) {
    const { mm } = machine.processes.named(name);
    let mapped = 0;
    for (const vma of mm.vmas) mapped += vma.end - vma.start;
    assert.equal(mapped, pages.size, `pages of ${name}`);
    for (const [page, { bytes }] of pages) {
      contents.read(contentAt(machine.memory, mm, slotVpn(0, page)), out);
      assert.ok(
        equal(out, bytes),
        `${name} reads something else at page ${page}`,
      );
    }
    const mergeable = [...pages.values()].some((page) => page.mergeable);
    assert.equal(machine.ksm.processCounters(mm).mergeable, mergeable);
  }
  assert.equal([...machine.processes.all()].length, model.processes.size);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  const wordsOfA = new Uint32Array(a.buffer, a.byteOffset, PAGE_BYTES / 4);
  const wordsOfB = new Uint32Array(b.buffer, b.byteOffset, PAGE_BYTES / 4);
  return wordsOfA.every((word, index) => word === wordsOfB[index]);
}
