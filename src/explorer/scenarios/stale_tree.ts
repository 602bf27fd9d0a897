/**
 * The knob merge_across_nodes, and the unstable trees that it puts out of use.
 *
 * @module
 */
import type { Suspends } from "../../engine/lib/step.ts";
import type { Op } from "../../workload/mod.ts";
import { exit, scan, setKnob } from "../acts.ts";
import { type Scenario, staged } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { variantsNamed } from "../variants/mod.ts";
import {
  BY_ONE,
  LETTER,
  onNode1,
  passes,
  process,
  RUNNING,
} from "./settings.ts";

const SEPARATE: Op = { op: "knob", name: "merge_across_nodes", value: "0" };

/** Two processes on NUMA node 1, all of whose pages stand in its unstable tree; B's is the root. */
const TWO_ON_NODE_1 = onNode1([
  ...RUNNING,
  SEPARATE,
  ...process("B", LETTER.y),
  ...process("C", LETTER.x, LETTER.z),
]);

/** C's first page: its visit ends with a new checksum. */
const CHANGED: Op = {
  op: "write",
  proc: "C",
  region: "r",
  page: 0,
  offset: 0,
  bytes: "00",
};

/** An administrator changes his mind in the middle of a pass. */
export const STALE_TREE: Scenario = staged({
  name: "stale-tree",
  title:
    "merge_across_nodes written at any point of a pass while a process exits",
  actors: ["ksmd", "admin", "process"],
  columns: ["cursor", "knob", "trees"],
  variants: variantsNamed("reset-in-use", "reset-all"),
  outlives: false,
  safety: [],
  claims: [{
    text: "Linux 6.18 uses an item that has been freed.",
    variant: "reset-in-use",
    outcome: /violated: the kernel uses nothing freed/,
    reachable: true,
  }, {
    text: "Not if each pass begins by emptying all trees.",
    variant: "reset-all",
    outcome: /violated/,
    reachable: false,
  }],
  cases: [{
    name: "there and back",
    setting: { nodes: 2, ops: [...TWO_ON_NODE_1, passes(2), BY_ONE, CHANGED] },
    play: (stage) => ({
      works: [scan(stage, 2), thereAndBack(stage), exit(stage, "B")],
      view: () => {
        const { cursor, knobs, unstableTrees } = stage.ksm;
        return [
          cursor.slot === 0 ? "between passes" : `slot ${cursor.slot}`,
          knobs.mergeAcrossNodes ? "1" : "0",
          unstableTrees.map(({ size }) => size).join(" + "),
        ];
      },
    }),
  }],
});

function* thereAndBack(stage: Stage): Suspends<string> {
  const there = yield* setKnob(stage, "merge_across_nodes", "1");
  const back = yield* setKnob(stage, "merge_across_nodes", "0");
  return `${there}, ${back}`;
}
