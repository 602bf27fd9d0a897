/**
 * The engine: Linux's KSM and the memory management under it, for those who look
 * inside a machine: `Machine.ksm` and `Machine.memory` are the way in.
 *
 * ```ts
 * import { runWorkload, workload } from "ksmscope";
 * import { pteFrame } from "ksmscope/engine";
 * import assert from "node:assert/strict";
 *
 * const machine = runWorkload(workload("pair", function* (box) {
 *   const ram = box.process("vm").mmap("ram", 2, { mergeable: true });
 *   ram.fill({ kind: "const", byte: 65 });
 *   yield* box.scanPasses(2);
 * }));
 * const { mm, regions } = machine.processes.named("vm");
 * const start = regions.get("ram")?.start ?? 0;
 * const frame = pteFrame(mm.pages.get(start));
 * assert.equal(pteFrame(mm.pages.get(start + 1)), frame);
 * assert.equal(machine.memory.frames.mapcount[frame], 2);
 * assert.equal(machine.ksm.stableTrees[0].height(), 1);
 * ```
 *
 * Reading order: `ksm/mod.ts` has the overview, `mm/mod.ts` what is under it,
 * `lib/mod.ts` what both stand on.
 *
 * @module
 */
export * from "./ksm/mod.ts";
export * from "./lib/mod.ts";
export * from "./mm/mod.ts";
