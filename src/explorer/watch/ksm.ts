/**
 * KSM.
 *
 * @module
 */
import type { Ksm, MmSlot } from "../../engine/ksm/mod.ts";
import { Bug } from "../../engine/lib/assert.ts";
import { watchArena, watchTree } from "./arena.ts";
import { noteCalls } from "./calls.ts";
import type { Cells } from "./cells.ts";
import { watchedList, watchFields } from "./fields.ts";

/** What is counted for people alone; `pagesShared` is looked at by `merge_across_nodes` and `max_page_sharing`. */
const COUNTED = [
  "pagesScanned",
  "pagesSkipped",
  "pagesSharing",
  "pagesUnshared",
  "stableNodeChains",
  "stableNodeDups",
  "stableCompares",
  "unstableCompares",
];

/**
 * Watches KSM.
 *
 * Counters that KSM itself never looks at are left out: they are counted up and
 * down, which comes to the same in any order. So nobody may read them while
 * others are at work.
 */
export function watchKsm(cells: Cells, ksm: Ksm): void {
  const { log } = cells;
  watchFields(cells, ksm, { name: "ksm" }, [
    "memory",
    "clock",
    "steps",
    "frames",
    "items",
    "nodes",
    "slots",
    "stableTrees",
    "unstableTrees",
    "thread",
    "writer",
    "treeAges",
    "cursor",
    "advisor",
    "knobs",
    "protocol",
    "observer",
    ...COUNTED,
  ]);
  watchArena(cells, ksm.items, "items");
  watchArena(cells, ksm.nodes, "nodes");
  watchSlots(cells, ksm);
  ksm.stableTrees.forEach((tree, nid) =>
    watchTree(cells, tree, `stableTrees[${nid}]`)
  );
  ksm.unstableTrees.forEach((tree, nid) =>
    watchTree(cells, tree, `unstableTrees[${nid}]`)
  );
  watchFields(cells, ksm.thread, { name: "thread" }, ["home"]);
  watchFields(cells, ksm.writer, { name: "writer" }, ["home"]);
  watchFields(cells, ksm.cursor, { name: "cursor" });
  watchFields(cells, ksm.knobs, { name: "knobs" });
  watchTreeAges(cells, ksm);
  watchAdvisor(cells, ksm);
  for (const method of ["counters", "processCounters"]) {
    noteCalls(ksm, method, () => {
      if (log.listening) throw new Bug("Counters are read but not watched");
    });
  }
}

function watchSlots(cells: Cells, { slots }: Ksm): void {
  const byMm = cells.row("slots of");
  watchArena(cells, slots, "slots");
  noteCalls(slots, "of", (mm: number) => byMm.read(mm));
  noteCalls(slots, "create", (mm: number) => byMm.write(mm));
  const mm = slots.mm.get.bind(slots.mm);
  noteCalls(slots, "destroy", (slot: MmSlot) => byMm.write(mm(slot)));
}

function watchTreeAges(cells: Cells, { treeAges }: Ksm): void {
  watchFields(cells, treeAges, { name: "treeAges" }, ["held"]);
  const value = watchedList(cells, treeAges.held, { name: "treeAges.held" });
  Object.defineProperty(treeAges, "held", { value, enumerable: true });
}

/** The advisor is another object whenever it is switched on. */
function watchAdvisor(cells: Cells, ksm: Ksm): void {
  const { log } = cells;
  const cell = cells.one("advisor");
  let { advisor } = ksm;
  watchFields(cells, advisor, { name: "advisor" });
  Object.defineProperty(ksm, "advisor", {
    enumerable: true,
    configurable: true,
    get() {
      log.read(cell);
      return advisor;
    },
    set(next: Ksm["advisor"]) {
      log.write(cell);
      watchFields(cells, next, { name: "advisor" });
      for (const key of Object.keys(next)) {
        log.write(cells.one(`advisor.${key}`));
      }
      advisor = next;
    },
  });
}
