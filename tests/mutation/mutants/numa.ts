/**
 * Mutants of NUMA nodes: where pages come from, trees for each node, and
 * migration.
 *
 * @module
 */
import type { Mutant } from "./mutant.ts";

const EXILE = "src/engine/ksm/migrate_nodes.ts";
const MIGRATE_KSM = "src/engine/ksm/migrate_ksm.ts";
const MOVE = "src/engine/mm/move_pages.ts";
const NUMA = "src/engine/mm/numa.ts";
const PROCESS = "src/engine/mm/process.ts";
const RUN = "src/engine/ksm/run.ts";
const SCAN = "src/engine/ksm/scan.ts";
const STABLE = "src/engine/ksm/stable_tree.ts";
const STALE = "src/engine/ksm/stale_tree.ts";
const TREES = "src/engine/ksm/numa_trees.ts";
const UNSTABLE = "src/engine/ksm/unstable_tree.ts";
const VISIT = "src/engine/ksm/visit.ts";

/** The mutants. */
export const NUMA_MUTANTS: readonly Mutant[] = [
  {
    rule: "the policy of an area goes before that of the task",
    section: "12.3",
    file: NUMA,
    from: `  return vma.boundTo ?? task.boundTo ?? task.home;`,
    to: `  return task.boundTo ?? vma.boundTo ?? task.home;`,
  },
  {
    rule: "run 2 allocates on the node of its writer",
    section: "15.1",
    file: RUN,
    from: `vma.start, vma.end, ksm.writer)`,
    to: `vma.start, vma.end, mm.task)`,
  },
  {
    rule: "a forked child is bound as its parent",
    section: "12.3",
    file: PROCESS,
    from: `  child.task.boundTo = parent.task.boundTo;`,
    to: ``,
  },
  {
    rule: "a fork copies entries of the zero page",
    section: "16.4",
    file: PROCESS,
    from: `    else child.pages.set(vpn, pte);`,
    to: ``,
  },
  {
    rule: "each node has trees of its own",
    section: "12.3",
    file: TREES,
    from: `  return ksm.knobs.mergeAcrossNodes ? 0 : ksm.frames.nid[frame];`,
    to: `  return ksm.frames.nid[frame] * 0;`,
  },
  {
    rule: "merged across nodes, all pages go to one tree",
    section: "12.3",
    file: TREES,
    from: `  return ksm.knobs.mergeAcrossNodes ? 0 : ksm.frames.nid[frame];`,
    to: `  return ksm.frames.nid[frame];`,
  },
  {
    rule: "an equal entry that has left the node ends the search",
    section: "7.3",
    file: UNSTABLE,
    from: `    if (order === 0 && treesOf(ksm, treePage) !== nid) {`,
    to: `    if (order === 0 && treesOf(ksm, treePage) === -1) {`,
  },
  {
    rule: "a visit exiles a node whose page has left its tree's node",
    section: "6 A",
    file: VISIT,
    from: `      if (isMisplaced(ksm, node)) exile(ksm, node);
      else if (items`,
    to: `      if (items`,
  },
  {
    rule: "an exiled node with nothing equal is put in",
    section: "7.2",
    file: STABLE,
    from: `      plantExiled(ksm, own, nid, parent, side);
      return ownMatch(ksm, page, own);`,
    to: `      return 0;`,
  },
  {
    rule: "an exiled page with several mappings joins a chain",
    section: "7.2",
    file: STABLE,
    from: `    if (own !== 0 && frames.mapcount[page] > 1) {`,
    to: `    if (own !== 0 && frames.mapcount[page] > 100) {`,
  },
  {
    rule: "an exiled page with one mapping joins no chain",
    section: "7.2",
    file: STABLE,
    from: `    if (own !== 0 && frames.mapcount[page] > 1) {`,
    to: `    if (own !== 0 && frames.mapcount[page] > 0) {`,
  },
  {
    rule: "a search takes a misplaced match out of the tree",
    section: "7.2",
    file: STABLE,
    from: `    if (isMisplaced(ksm, match.node)) {`,
    to: `    if (isMisplaced(ksm, match.node) && own === match.node) {`,
  },
  {
    rule: "an exiled page takes the place of a misplaced match",
    section: "7.2",
    file: EXILE,
    from: `  if (node === 0) return exile(ksm, misplaced);`,
    to: `  if (node !== 0 || misplaced !== 0) return exile(ksm, misplaced);`,
  },
  {
    rule: "dead exiles go when a pass starts",
    section: "3.3",
    file: SCAN,
    from: `  if (!ksm.knobs.mergeAcrossNodes) yield* pruneExiled(ksm);`,
    to: ``,
  },
  {
    rule: "a tree out of use keeps its entries when a pass starts",
    section: "12.4",
    file: STALE,
    from: `nid < count; nid++) unstableTrees[nid].clear();`,
    to: `nid < unstableTrees.length; nid++) unstableTrees[nid].clear();`,
  },
  {
    rule: "a stable node follows its page",
    section: "12.1",
    file: MIGRATE_KSM,
    from: `  nodes.kpfn.set(node, fresh);`,
    to: ``,
  },
  {
    rule: "mappings that fork has made are found",
    section: "18.3",
    file: MIGRATE_KSM,
    from: `  for (const inForks of [false, true]) {`,
    to: `  for (const inForks of [false]) {`,
  },
  {
    rule: "only mappings of the owner and of what was forked from it are found",
    section: "18.3",
    file: MIGRATE_KSM,
    from:
      `    if (inForks ? !descendsFrom(mm, owner) : mm !== owner) continue;`,
    to:
      `    if (!descendsFrom(mm, owner) && inForks && mm === owner) continue;`,
  },
  {
    rule: "a page with several mappings stays unless all may move",
    section: "12",
    file: MOVE,
    from: `frames.mapcount[frame] > 1 && !all`,
    to: `frames.mapcount[frame] > 100 && !all`,
  },
  {
    rule: "a page that is on the node already has the list migrated",
    section: "12",
    file: MOVE,
    from: `    const stay = yield* migratePages(memory, list, node);
    if`,
    to: `    if (found === node) continue;
    const stay = yield* migratePages(memory, list, node);
    if`,
  },
  {
    rule: "a list with a page that stays ends the call",
    section: "12",
    file: MOVE,
    from:
      `    if (stay > 0) return { left: stay + (end - vpn - 1), statuses };`,
    to:
      `    if (stay > end) return { left: stay + (end - vpn - 1), statuses };`,
  },
];
