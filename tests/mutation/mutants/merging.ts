/**
 * Rules of merging and its end: protection, copies, fork, items and nodes that go.
 *
 * @module
 */
import type { Mutant } from "./mutant.ts";

const MERGE = "src/engine/ksm/merge.ts";
const ITEMS = "src/engine/ksm/item_removal.ts";
const NODES = "src/engine/ksm/node_removal.ts";
const REGISTRATION = "src/engine/ksm/registration.ts";
const FAULT = "src/engine/mm/fault.ts";
const PROCESS = "src/engine/mm/process.ts";

/** The mutants of merging and its end. */
export const MERGING_MUTANTS: readonly Mutant[] = [
  {
    rule: "a KSM page is not protected again for another merge",
    section: "9.3",
    file: MERGE,
    from: ` || frames.isKsm(page) || pinned) pte = 0;`,
    to: ` || pinned) pte = 0;`,
  },
  {
    rule: "a half merge is undone by a copy",
    section: "9.4",
    file: MERGE,
    from: `  yield* breakCow(ksm, item);
  return false;`,
    to: `  return false;`,
  },
  {
    rule: "a page that is the KSM page already counts as merged with it",
    section: "9.2",
    file: MERGE,
    from: `  if (page === kpage) return true;`,
    to: `  if (page === kpage) return false;`,
  },
  {
    rule: "a node whose page is gone drops the counts of all its sharers",
    section: "10.3",
    file: ITEMS,
    from: `  const frame = yield* ksm.protocol.getFolio(ksm, node, "lock");`,
    to: `  const kpfn = nodes.kpfn.get(node);
  if (!frames.isKsm(kpfn) || frames.stableNode.get(kpfn) !== node) {
    if (nodes.remove(node, item)) ksm.pagesShared--;
    else ksm.pagesSharing--;
    forgetNode(ksm, item);
    return;
  }
  const frame = yield* ksm.protocol.getFolio(ksm, node, "lock");`,
  },
  {
    rule: "only the last item of a node takes a shared page with it",
    section: "10.2",
    file: ITEMS,
    from: `  if (nodes.remove(node, item)) ksm.pagesShared--;`,
    to: `  const first = nodes.hlist.get(node) === item;
  nodes.remove(node, item);
  if (first) ksm.pagesShared--;`,
  },
  {
    rule: "what the last pass left over is not erased from the unstable tree",
    section: "10.1",
    file: ITEMS,
    from: `  if (passesAgo === 0) {
    ksm.unstableTrees`,
    to: `  if (ksm.unstableTrees[0].root !== 0) {
    ksm.unstableTrees`,
  },
  {
    rule: "an item of this pass is erased from the unstable tree",
    section: "10.1",
    file: ITEMS,
    from:
      `    ksm.unstableTrees[items.nid[item]].erase(item, areTreesTangled(ksm));`,
    to: ``,
  },
  {
    rule: "an item keeps its checksum when it leaves its node",
    section: "1.2",
    file: NODES,
    from: `  items.head.set(item, 0);`,
    to: `  items.head.set(item, 0);
  items.oldchecksum[item] = 0;`,
  },
  {
    rule: "an item keeps its age when it leaves its node",
    section: "1.2",
    file: NODES,
    from: `  items.head.set(item, 0);`,
    to: `  items.head.set(item, 0);
  items.age[item] = 0;`,
  },
  {
    rule: "a write never reuses a KSM page, not even by its only mapper",
    section: "17.3",
    file: FAULT,
    from: `  else if (frames.isKsm(frame)) {
    memory.observer`,
    to: `  else if (frames.isKsm(frame) && frames.mapcount[frame] > 1) {
    memory.observer`,
  },
  {
    rule: "a page that fork shared is copied for who writes it first",
    section: "17.7",
    file: FAULT,
    from: `  } else if (frames.refcount[frame] > 1) {`,
    to: `  } else if (frames.refcount[frame] === 0) {`,
  },
  {
    rule: "ksm_zero_pages falls when a mapping goes",
    section: "17.5",
    file: FAULT,
    from: `    mm.ksmZeroPages--;
    memory.ksmZeroPages--;`,
    to: `    mm.ksmZeroPages--;`,
  },
  {
    rule: "fork adds the child's zero pages at once",
    section: "16.4",
    file: PROCESS,
    from: `    if (pte === KSM_ZERO_PTE) mapKsmZeroPage(memory, child, vpn);`,
    to: `    if (pte === KSM_ZERO_PTE) child.pages.set(vpn, KSM_ZERO_PTE);`,
  },
  {
    rule: "a child of a registered process is registered",
    section: "16.4",
    file: REGISTRATION,
    from: `      if (parent.registered) yield* ksmEnter(ksm, child);`,
    to: ``,
  },
  {
    rule: "a child inherits what prctl set",
    section: "16.4",
    file: REGISTRATION,
    from: `      child.mergeAny = parent.mergeAny;`,
    to: ``,
  },
  {
    rule: "mremap undoes the sharing of what it moves",
    section: "17.2",
    file: REGISTRATION,
    from:
      `      if (vma.mergeable) yield* breakKsm(ksm, mm, vma, start, end, mm.task);`,
    to: ``,
  },
];
