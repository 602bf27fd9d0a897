/**
 * Guests on two NUMA nodes.
 *
 * @module
 */
import type { NodeId } from "../numa_op.ts";
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const NODES: readonly NodeId[] = [0, 1];
const GUESTS_PER_NODE = 2;
const PAGES = 1024;
/** Pages that all guests have alike, from the first on; the others have no twin. */
const IMAGE = 768;
/** Contents of the image: each is there thrice. */
const CONTENTS = 256;
/** Pages that a program moves at a time, with all their sharers. */
const MOVED = 16;

/**
 * Watch each content get one KSM page on each node instead of one in all, in
 * trees of the node's own. Then a program moves KSM pages to the other node:
 * their stable nodes stand in the wrong tree until ksmd meets them, and equal
 * ones hang on chains. The balancer moves pages that are not merged.
 */
export const numa: Workload = workload("numa", function* (box) {
  box.knob("smart_scan", 0);
  box.knob("pages_to_scan", 1000);
  box.knob("merge_across_nodes", 0);
  for (const node of NODES) {
    for (let number = 1; number <= GUESTS_PER_NODE; number++) {
      const guest = box.process(`vm-${node}-${number}`);
      guest.bind(node);
      const ram = guest.mmap("ram", PAGES, { mergeable: true });
      ram.fill(0, IMAGE, { kind: "mod", base: 1, m: CONTENTS });
      ram.fill(IMAGE, PAGES - IMAGE, { kind: "prng", seed: guest.pid });
      guest.every(20, "vcpu", (turn) => {
        const page = turn.randomInt(IMAGE);
        ram.fill(page, 1, {
          kind: "mod",
          base: 1 + page % CONTENTS,
          m: CONTENTS,
        });
      });
    }
  }
  yield* box.scanPasses(4);
  box.sample("each node shares by itself");
  box.balancer(2, 4);
  const moved = box.process("vm-moved");
  moved.bind(0);
  const ram = moved.mmap("ram", CONTENTS, { mergeable: true });
  ram.fill({ kind: "mod", base: 1, m: CONTENTS });
  moved.every(15, "move_pages", ({ number }) => {
    const rounds = CONTENTS / MOVED;
    const node = number % (2 * rounds) < rounds ? 1 : 0;
    const start = MOVED * (number % rounds);
    ram.movePages(node, { start, count: MOVED, all: true });
  });
  for (let pass = 0;; pass++) {
    yield* box.scanPasses(10);
    box.sample(`${10 * (pass + 1)} full scans while pages move`);
  }
}, {
  title: "merge_across_nodes off: a KSM page and a pair of trees per node, " +
    "and pages that move between them",
  endless: true,
  nodes: 2,
});
