/**
 * ksmscope: Kernel Samepage Merging (KSM) of Linux 6.18 as a module, and a
 * terminal dashboard over it.
 *
 * Two processes with equal pages, and what ksmd makes of them:
 *
 * ```ts
 * import { runWorkload, workload } from "ksmscope";
 * import assert from "node:assert/strict";
 *
 * const twins = workload("twins", function* (box) {
 *   for (const name of ["a", "b"]) {
 *     const ram = box.process(name).mmap("ram", 256, { mergeable: true });
 *     ram.fill(0, 256, { kind: "prng", seed: 1 });
 *   }
 *   yield* box.scanPasses(3);
 * });
 *
 * const machine = runWorkload(twins);
 * assert.equal(machine.counters().pagesShared, 256);
 * assert.equal(machine.counters().pagesSharing, 256);
 * ```
 *
 * @module
 */
export * from "./src/mod.ts";

// Never awaited: a workload script imports this module while the command line loads that script.
if (import.meta.main) {
  import("./src/cli/main.ts").then((cli) => cli.main(Deno.args));
}
