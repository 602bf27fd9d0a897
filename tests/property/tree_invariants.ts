/**
 * What holds of the two trees of a machine, and of the chains in one of them.
 */
import assert from "node:assert/strict";
import { ITEM_STATE, NODE_ROLE } from "../../src/engine/ksm/mod.ts";
import type { RbTree } from "../../src/engine/lib/mod.ts";
import type { StableNode } from "../../src/engine/mm/mod.ts";
import type { Machine } from "../../src/machine/mod.ts";
import { checkRules } from "../unit/rbtree_shape.ts";

function inOrder<H extends number>(tree: RbTree<H>): H[] {
  const nodes: H[] = [];
  for (let node = tree.first(); node !== 0; node = tree.next(node)) {
    nodes.push(node);
  }
  return nodes;
}

/** The dups of a chain, newest first. */
function dupsOf({ ksm: { nodes } }: Machine, chain: StableNode): StableNode[] {
  const dups: StableNode[] = [];
  let dup = nodes.firstDup.get(chain);
  for (; dup !== 0; dup = nodes.nextDup.get(dup)) {
    assert.equal(nodes.role[dup], NODE_ROLE.dup);
    assert.equal(nodes.chain.get(dup), chain);
    assert.equal(nodes.previousDup.get(dup), dups.at(-1) ?? 0);
    dups.push(dup);
  }
  return dups;
}

/** The bytes of a node's page; none if the page is gone. */
function bytesOf(
  { ksm, memory: { contents, frames } }: Machine,
  node: StableNode,
): Uint8Array | undefined {
  const frame = ksm.nodes.kpfn.get(node);
  if (frame === 0 || !frames.isLive(frame) || !frames.isKsm(frame)) return;
  if (frames.stableNode.get(frame) !== node) return;
  const bytes = new Uint8Array(4096);
  contents.read(frames.contentOf(frame), bytes);
  return bytes;
}

/**
 * All nodes are in the tree or on a chain that is; those whose page is there
 * stand in the strict order of its bytes, and those of one chain have the same.
 */
export function checkStableTree(machine: Machine): void {
  const { ksm } = machine;
  const { nodes, stableTree } = ksm;
  checkRules(stableTree);
  const order = inOrder(stableTree);
  const chains = order.filter((node) => nodes.role[node] === NODE_ROLE.chain);
  const dups = chains.flatMap((chain) => dupsOf(machine, chain));
  assert.deepEqual(
    [...order, ...dups].toSorted((a, b) => a - b),
    [...nodes.each()],
  );
  const { stableNodeChains, stableNodeDups } = machine.counters();
  assert.deepEqual([stableNodeChains, stableNodeDups], [
    chains.length,
    dups.length,
  ]);
  let before: Uint8Array | undefined;
  for (const place of order) {
    const isChain = nodes.role[place] === NODE_ROLE.chain;
    const pages = (isChain ? dupsOf(machine, place) : [place])
      .flatMap((node) => bytesOf(machine, node) ?? []);
    for (const bytes of pages) assert.deepEqual(bytes, pages[0]);
    if (pages.length === 0) continue;
    if (before !== undefined) {
      assert.ok(isBefore(before, pages[0]), "the stable tree is out of order");
    }
    before = pages[0];
  }
}

function isBefore(a: Uint8Array, b: Uint8Array): boolean {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at !== -1 && a[at] < b[at];
}

/** The tree holds the items that were put into it in this pass. What was in it before counts for nothing between two passes. */
export function checkUnstableTree({ ksm }: Machine): void {
  if (ksm.cursor.slot === 0) return;
  const { items } = ksm;
  checkRules(ksm.unstableTree);
  const ofThisPass = [...items.each()].filter((item) =>
    items.state[item] === ITEM_STATE.unstable &&
    items.seqnr[item] === (ksm.seqnr & 0xff)
  );
  assert.deepEqual(
    inOrder(ksm.unstableTree).toSorted((a, b) => a - b),
    ofThisPass,
  );
}
