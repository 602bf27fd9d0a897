/**
 * Rules of the visit and the two trees: order of tests, searches, chains.
 *
 * @module
 */
import type { Mutant } from "./mutant.ts";

const VISIT = "src/engine/ksm/visit.ts";
const STABLE = "src/engine/ksm/stable_tree.ts";
const UNSTABLE = "src/engine/ksm/unstable_tree.ts";
const CHAIN = "src/engine/ksm/chain.ts";
const RBTREE = "src/engine/lib/rbtree.ts";

/** The mutants of visit and trees. */
export const TREE_MUTANTS: readonly Mutant[] = [
  {
    rule: "the checksum is tested before the stable tree is searched",
    section: "6 B",
    file: VISIT,
    from: `      items.oldchecksum[item] = checksum;
      return;`,
    to: `      items.oldchecksum[item] = checksum;
      const known = yield* stableTreeSearch(ksm, page);
      if (known === 0 || known === "busy") return;
      yield* joinKsmPage(ksm, item, page, known, bypass);
      return;`,
  },
  {
    rule: "a KSM page that fork handed on is counted at its first visit",
    section: "6 A",
    file: VISIT,
    from: `    bypass = !isSharingCandidate(ksm, node);`,
    to: `    bypass = !isSharingCandidate(ksm, node);
    const sum = ksm.memory.contents.checksum(frames.contentOf(page));
    if (items.oldchecksum[item] !== sum) {
      items.oldchecksum[item] = sum;
      return;
    }`,
  },
  {
    rule: "a KSM page of no node is visited as any other page",
    section: "6 A",
    file: VISIT,
    from: `  if (node !== 0) {`,
    to: `  if (frames.isKsm(page)) {`,
  },
  {
    rule: "a failed merge with a KSM page ends the visit",
    section: "6 C",
    file: VISIT,
    from: `    yield* frames.unlock(kpage, "cmp_and_merge_page:append");
  }`,
    to: `    yield* frames.unlock(kpage, "cmp_and_merge_page:append");
  } else {
    yield* joinUnstableTree(ksm, item, page);
  }`,
  },
  {
    rule: "forks go beyond max_page_sharing",
    section: "8.1",
    file: VISIT,
    from: `  if (yield* tryToMergeWithKsmPage(ksm, item, page, kpage)) {`,
    to:
      `  if (!bypass && (yield* tryToMergeWithKsmPage(ksm, item, page, kpage))) {`,
  },
  {
    rule: "the scanned page becomes the KSM page, and the tree's page goes",
    section: "9.4",
    file: VISIT,
    from: `    item,
    page,
    twin.item,
    twin.page,
  );
  ksm.frames.put(twin.page);
  if (merged) yield* plantKsmPage(ksm, item, page, twin);`,
    to: `    twin.item,
    twin.page,
    item,
    page,
  );
  if (merged) yield* plantKsmPage(ksm, item, twin.page, twin);
  ksm.frames.put(twin.page);`,
  },
  {
    rule: "a full KSM page sends the page on to the unstable tree",
    section: "7.2",
    file: STABLE,
    from: `    if (!isSharingCandidate(ksm, match.node)) return 0;`,
    to: `    if (!isSharingCandidate(ksm, match.node)) return "busy";`,
  },
  {
    rule: "an entry whose page is gone ends the search of the unstable tree",
    section: "7.3",
    file: UNSTABLE,
    from: `    if (treePage === 0) return undefined;`,
    to: `    if (treePage === 0) {
      parent = entry;
      side = "left";
      entry = unstableTree.left(entry);
      continue;
    }`,
  },
  {
    rule: "meeting the page itself ends the search of the unstable tree",
    section: "7.3",
    file: UNSTABLE,
    from: `    if (treePage === page) {
      frames.put(treePage);
      return undefined;
    }`,
    to: `    if (treePage === page) {
      frames.put(treePage);
      parent = entry;
      side = "left";
      entry = unstableTree.left(entry);
      continue;
    }`,
  },
  {
    rule: "an area that is not mergeable any more hides its tree entries",
    section: "7.3",
    file: UNSTABLE,
    from: `  if (findMergeableVma(mm, vpn) === undefined) return 0;`,
    to: ``,
  },
  {
    rule: "a KSM page takes max_page_sharing items and no more",
    section: "8.1",
    file: CHAIN,
    from: `length + offset < ksm.knobs.maxPageSharing;`,
    to: `length + offset <= ksm.knobs.maxPageSharing;`,
  },
  {
    rule: "a KSM page without items takes none",
    section: "8.1",
    file: CHAIN,
    from: `  return length >= 1 && length + offset <`,
    to: `  return length + offset <`,
  },
  {
    rule: "new dups come to the front of their chain",
    section: "7.4",
    file: CHAIN,
    from: `  ksm.nodes.pushDup(chain, node);
  ksm.stableNodeDups++;`,
    to: `  const { nodes } = ksm;
  const before: StableNode[] = [];
  let dup = nodes.firstDup.get(chain);
  for (; dup !== 0; dup = nodes.firstDup.get(chain)) {
    before.unshift(dup);
    nodes.removeDup(dup);
  }
  nodes.pushDup(chain, node);
  for (const other of before) nodes.pushDup(chain, other);
  ksm.stableNodeDups++;`,
  },
  {
    rule: "when a chain is due for pruning, the longest candidate wins",
    section: "8.2",
    file: CHAIN,
    from: `    rmapHlistLen[dup] > rmapHlistLen[found];`,
    to: `    false;`,
  },
  {
    rule: "among candidates of one length the first wins",
    section: "8.2",
    file: CHAIN,
    from: `    rmapHlistLen[dup] > rmapHlistLen[found];`,
    to: `    rmapHlistLen[dup] >= rmapHlistLen[found];`,
  },
  {
    rule: "a chain with one dup collapses when walked over",
    section: "8.2",
    file: CHAIN,
    from: `  if (nodes.isOnlyDup(found)) {`,
    to: `  if (false) {`,
  },
  {
    rule: "a chain collapses even if its last dup is full",
    section: "8.2",
    file: CHAIN,
    from: `  if (nodes.isOnlyDup(found)) {`,
    to: `  if (nodes.isOnlyDup(found) && isSharingCandidate(ksm, found)) {`,
  },
  {
    rule: "a dup with room for more than one item moves to the front",
    section: "8.2",
    file: CHAIN,
    from: `    nodes.removeDup(found);
    nodes.pushDup(chain, found);
  }`,
    to: `  }`,
  },
  {
    rule: "a dup with room for one item stays where it is",
    section: "8.2",
    file: CHAIN,
    from: `isSharingCandidate(ksm, found, 1)`,
    to: `isSharingCandidate(ksm, found)`,
  },
  {
    rule: "a full dup stays where it is",
    section: "8.2",
    file: CHAIN,
    from: `isSharingCandidate(ksm, found, 1)`,
    to: `true`,
  },
  {
    rule: "a chain is not looked through before its time",
    section: "8.2",
    file: CHAIN,
    from:
      `  return jiffies(ksm) >= ksm.nodes.chainPruneTime[chain] + interval;`,
    to: `  return interval >= 0;`,
  },
  {
    rule: "a chain is looked through when its time has come",
    section: "8.2",
    file: CHAIN,
    from:
      `  return jiffies(ksm) >= ksm.nodes.chainPruneTime[chain] + interval;`,
    to: `  return interval <= 0 && jiffies(ksm) >= interval;`,
  },
  {
    rule: "the time of a chain counts from its creation",
    section: "8.2",
    file: CHAIN,
    from: `  nodes.chainPruneTime[chain] = jiffies(ksm);`,
    to: `  nodes.chainPruneTime[chain] = -Infinity;`,
  },
  {
    rule: "the trees are balanced",
    section: "7.1",
    file: RBTREE,
    from: `    this.#repairRed(node);
  }`,
    to: `  }`,
  },
  {
    rule: "an inner grandchild is rotated outside first",
    section: "7.1",
    file: RBTREE,
    from: `      if (far[above] === node) { // I4`,
    to: `      if (far[above] === node) {
        this.#links.red[above] = 0;
        return;`,
  },
  {
    rule: "a node with two children is replaced by its successor",
    section: "7.1",
    file: RBTREE,
    from:
      `    const leaving = hasBoth ? leftmost(this.#links, right[node]) : node;`,
    to: `    let leaving: number = hasBoth ? left[node] : node;
    while (hasBoth && right[leaving] !== 0) leaving = right[leaving];`,
  },
];
