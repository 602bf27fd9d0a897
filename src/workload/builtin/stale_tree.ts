/**
 * A defect of the kernel, up to the point where it would read freed memory.
 *
 * @module
 */
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const GONE = 200;
const PAGES = 12;
const BATCH = 6;

/**
 * Watch an unstable tree outlive its pass. A pass empties only the trees in use:
 * with `merge_across_nodes` 1 that of node 0. The entries in the tree of node 1
 * go with their process; when the knob is 0 again inside a pass, ksmd walks that
 * tree and follows a freed rmap item. The model stops there and says so.
 */
export const staleTree: Workload = workload("stale-tree", function* (box) {
  box.knob("smart_scan", 0);
  box.knob("pages_to_scan", BATCH);
  box.knob("merge_across_nodes", 0);
  const gone = box.process("gone");
  gone.bind(1);
  gone.mmap("ram", GONE, { mergeable: true }).fill({ kind: "seq", base: 1 });
  yield* box.scanPasses(2);
  box.sample("200 entries in the tree of node 1");
  box.knob("merge_across_nodes", 1);
  gone.exit();
  yield* box.scanPasses(3);
  box.sample("their process and their rmap items are gone, the tree is not");
  const late = box.process("late");
  late.bind(1);
  late.mmap("ram", PAGES, { mergeable: true })
    .fill({ kind: "seq", base: 1001 });
  yield* box.scanPasses(1);
  yield* box.scanBatches(1);
  box.knob("merge_across_nodes", 0);
  box.sample("merge_across_nodes is 0 again, in the middle of a pass");
  yield* box.scanPasses(1);
  box.sample("never reached");
}, {
  title: "merge_across_nodes 0, 1 and 0 again inside a pass: " +
    "the kernel walks a tree of freed rmap items",
  nodes: 2,
});
