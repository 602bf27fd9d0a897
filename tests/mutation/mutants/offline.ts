/**
 * Mutants of memory that goes offline and comes back.
 *
 * @module
 */
import type { Mutant } from "./mutant.ts";

const BLOCKS = "src/engine/mm/memory_blocks.ts";
const HOTPLUG = "src/engine/mm/offline.ts";
const OFFLINE = "src/engine/ksm/offline.ts";

/** The mutants. */
export const OFFLINE_MUTANTS: readonly Mutant[] = [
  {
    rule: "user pages come from movable memory first",
    section: "13",
    file: BLOCKS,
    from: `      for (let i = 0; i < MOVABLE_BLOCKS; i++) {`,
    to: `      kinds.push({ node, movable: false });
      for (let i = 0; i < MOVABLE_BLOCKS; i++) {`,
  },
  {
    rule: "no page is allocated in a block that goes offline",
    section: "13",
    file: HOTPLUG,
    from: `  block.online = false;
  if (ksm)`,
    to: `  if (ksm)`,
  },
  {
    rule: "only the pages of the block move away",
    section: "13",
    file: HOTPLUG,
    from: `    frames.block[frame] === block.index
`,
    to: `    frames.nid[frame] === block.node
`,
  },
  {
    rule: "a block that is online again takes pages",
    section: "13",
    file: HOTPLUG,
    from: `  block.online = true;
  yield* endHotplug`,
    to: `  yield* endHotplug`,
  },
  {
    rule: "dead nodes of the block go",
    section: "13",
    file: OFFLINE,
    from: `    if (gone) removeNodeFromStableTree(ksm, place);
    return gone;`,
    to: `    return gone && false;`,
  },
  {
    rule: "dead dups of the block go",
    section: "13",
    file: OFFLINE,
    from: `    if (isIn(ksm, dup, block)) removeNodeFromStableTree(ksm, dup);
`,
    to: ``,
  },
  {
    rule: "a chain that has no dup left goes",
    section: "13",
    file: OFFLINE,
    from: `  if (empty) freeStableNodeChain(ksm, place);
  return empty;`,
    to: `  return empty && false;`,
  },
  {
    rule: "dead exiles of the block go",
    section: "13",
    file: OFFLINE,
    from: `    if (isIn(ksm, node, block)) removeNodeFromStableTree(ksm, node);
`,
    to: ``,
  },
  {
    rule: "the trees of all nodes are looked through",
    section: "13",
    file: OFFLINE,
    from: `nid < treesInUse(ksm)`,
    to: `nid < 1`,
  },
  {
    rule: "dead nodes of memory that stays online stay",
    section: "13",
    file: OFFLINE,
    from: `frames.block[frame] === block.index;`,
    to: `frames.nid[frame] === block.node;`,
  },
];
