/** When merge_across_nodes may be switched, on random workloads of two nodes. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { KernelDefect } from "../../src/engine/lib/mod.ts";
import { Machine } from "../../src/machine/mod.ts";
import type { Op } from "../../src/workload/mod.ts";
import { drive } from "./drive.ts";
import { workloads } from "./random_ops.ts";

/** What the state before a switch was. */
interface Before {
  readonly across: boolean;
  readonly shared: number;
}

function stateOf({ ksm }: Machine): Before {
  return { across: ksm.knobs.mergeAcrossNodes, shared: ksm.pagesShared };
}

/** Whether KSM pages of some stable node are still mapped. */
function isMapped({ ksm, memory: { frames } }: Machine): boolean {
  return [...ksm.nodes.each()].some((node) => {
    const frame = ksm.nodes.kpfn.get(node);
    return frame !== 0 && frames.isKsm(frame) && frames.mapcount[frame] > 0 &&
      frames.stableNode.get(frame) === node;
  });
}

Deno.test("merge_across_nodes is switched if and only if nothing is shared and no KSM page is mapped", () => {
  const outcomes = { same: 0, switched: 0, busy: 0 };
  const numa: readonly ("bind" | "mbind" | "move")[] = [
    "bind",
    "mbind",
    "move",
  ];
  const knob = fc.nat({ max: 1 }).map((value): Op => ({
    op: "knob",
    name: "merge_across_nodes",
    value: `${value}`,
  }));
  fc.assert(
    fc.property(workloads(60, { numa }), fc.array(knob), (ops, knobs) => {
      const machine = new Machine({ nodes: 2 });
      // The switches come spread over the second half, where something may be merged.
      const mixed = [...ops];
      knobs.forEach((op, index) =>
        mixed.splice(ops.length - 3 * (index % 9), 0, op)
      );
      let before = stateOf(machine);
      let mapped = false;
      try {
        drive(machine, mixed, {
          afterOp(op) {
            if (op.op === "knob" && op.name === "merge_across_nodes") {
              check(machine, op.value === "1", before, mapped);
            }
            before = stateOf(machine);
            mapped = isMapped(machine);
          },
        });
      } catch (error) {
        // Switching back inside a pass may end in the kernel's own defect.
        if (!(error instanceof KernelDefect)) throw error;
      }
    }),
    { numRuns: 100 },
  );
  for (const [outcome, times] of Object.entries(outcomes)) {
    assert.ok(times > 5, `${outcome} ${times} times`);
  }

  function check(
    machine: Machine,
    wanted: boolean,
    before: Before,
    mapped: boolean,
  ): void {
    const now = machine.ksm.knobs.mergeAcrossNodes;
    const free = before.shared === 0 && !mapped;
    assert.equal(
      now,
      before.across === wanted || free ? wanted : before.across,
    );
    if (before.across === wanted) outcomes.same++;
    else outcomes[free ? "switched" : "busy"]++;
  }
});
