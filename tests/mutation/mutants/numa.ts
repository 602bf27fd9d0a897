/**
 * Mutants of NUMA nodes: where pages come from, trees for each node, and
 * migration.
 *
 * @module
 */
import type { Mutant } from "./mutant.ts";

const EXILE = "src/engine/ksm/migrate_nodes.ts";
const MERGE = "src/engine/ksm/merge.ts";
const MERGE_ANY = "src/engine/ksm/merge_any.ts";
const MIGRATE_KSM = "src/engine/ksm/migrate_ksm.ts";
const MOVE = "src/engine/mm/move_pages.ts";
const NUMA = "src/engine/mm/numa.ts";
const PROCESS = "src/engine/mm/process.ts";
const REGISTRATION = "src/engine/ksm/registration.ts";
const REMOVE_ALL = "src/engine/ksm/remove_all.ts";
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
  {
    rule: "an entry that has left the node stops the search of its equals only",
    section: "7.3",
    file: UNSTABLE,
    from: `    if (order === 0 && treesOf(ksm, treePage) !== nid) {`,
    to: `    if (treesOf(ksm, treePage) !== nid) {`,
  },
  {
    rule: "a misplaced match that takes no more sharers stays where it is",
    section: "7.2",
    file: STABLE,
    from: `    if (!isSharingCandidate(ksm, match.node)) return 0;
`,
    to: `    if (
      !isMisplaced(ksm, match.node) && !isSharingCandidate(ksm, match.node)
    ) return 0;
`,
  },
  {
    rule:
      "an exiled page with one mapping does not try a match that takes no more sharers",
    section: "7.2",
    file: STABLE,
    from: `    if (!isSharingCandidate(ksm, match.node)) return 0;
`,
    to: `    if (own === 0 && !isSharingCandidate(ksm, match.node)) return 0;
`,
  },
  {
    rule: "a misplaced dup leaves its chain",
    section: "7.2",
    file: STABLE,
    from: `    if (isMisplaced(ksm, match.node)) {`,
    to: `    if (isMisplaced(ksm, match.node) && match.place === match.node) {`,
  },
  {
    rule: "who takes the place of a misplaced match is its own match",
    section: "7.2",
    file: STABLE,
    from: `      return own === 0 ? 0 : ownMatch(ksm, page, own);`,
    to: `      return 0;`,
  },
  {
    rule: "who takes the place of a misplaced dup counts as one",
    section: "7.2",
    file: EXILE,
    from: `    addDup(ksm, place, node);
  }
`,
    to: `    ksm.nodes.pushDup(place, node);
  }
`,
  },
  {
    rule: "exiles whose page lives do not end the search for dead ones",
    section: "3.3",
    file: EXILE,
    from: `    if (folio !== 0) frames.put(folio);
`,
    to: `    if (folio !== 0) {
      frames.put(folio);
      break;
    }
`,
  },
  {
    rule: "a page that is not there has the list migrated",
    section: "12",
    file: MOVE,
    from: `    statuses[vpn - start] = found;
`,
    to: `    statuses[vpn - start] = found;
    if (found === PAGE_STATUS.enoent) continue;
`,
  },
  {
    rule: "a page that others map has the list migrated",
    section: "12",
    file: MOVE,
    from: `    statuses[vpn - start] = found;
`,
    to: `    statuses[vpn - start] = found;
    if (found === PAGE_STATUS.eacces) continue;
`,
  },
  {
    rule: "mremap breaks sharing on the node of its process",
    section: "12.3",
    file: REGISTRATION,
    from: `start, end, mm.task)`,
    to: `start, end, ksm.writer)`,
  },
  {
    rule: "prctl breaks sharing on the node of its process",
    section: "12.3",
    file: MERGE_ANY,
    from: `vma.end, mm.task)`,
    to: `vma.end, ksm.writer)`,
  },
  {
    rule: "a node whose page somebody still maps is not given up",
    section: "12.4",
    file: REMOVE_ALL,
    from: `frames.mapcount[frame] === 0;`,
    to: `frames.mapcount[frame] >= 0;`,
  },
  {
    rule: "a dup that stays keeps those behind it",
    section: "12.4",
    file: REMOVE_ALL,
    from: `    if (!(yield* removeStableNode(ksm, dup))) return false;
`,
    to:
      `    if (!(yield* removeStableNode(ksm, dup)) && next === 0) return false;
`,
  },
  {
    rule: "a node that stays keeps no other tree",
    section: "12.4",
    file: REMOVE_ALL,
    from: `allGone = false;
  }
  let`,
    to: `return false;
  }
  let`,
  },
  {
    rule: "what ksmd copies comes to the node of the area",
    section: "12.3",
    file: MERGE,
    from: `yield* unsharePage(memory, mm, vma, vpn, ksm.thread);`,
    to: `const area = { ...vma, boundTo: undefined };
    yield* unsharePage(memory, mm, area, vpn, ksm.thread);`,
  },
];
