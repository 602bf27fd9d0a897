/**
 * Invariants of the stable tree and of the chains in it.
 *
 * @module
 */
import { NODE_ROLE } from "../../engine/ksm/mod.ts";
import type { Content, StableNode } from "../../engine/mm/mod.ts";
import type { Machine } from "../machine.ts";
import { broken, requireEqual } from "./invariant.ts";
import { nodesInOrder } from "./red_black.ts";

/**
 * What holds of the stable tree after every step. A chain may have lost all its
 * dups, and any node its page, without ksmd having noticed.
 */
export function checkStableTree(machine: Machine): void {
  const { ksm, memory } = machine;
  const { nodes } = ksm;
  const places = nodesInOrder("the stable tree", ksm.stableTree);
  const placed = new Set<StableNode>();
  let chains = 0;
  let dups = 0;
  let before: Content | 0 = 0;
  for (const place of places) {
    placed.add(place);
    const isChain = nodes.role[place] === NODE_ROLE.chain;
    const members = isChain ? dupsOf(machine, place) : [place];
    if (isChain) {
      chains++;
      dups += members.length;
      for (const dup of members) placed.add(dup);
    }
    const content = contentOfPlace(machine, place, members);
    if (content === 0) continue;
    if (before !== 0 && memory.contents.compare(before, content) >= 0) {
      broken(
        "stable order",
        `stable node ${place} is not behind its neighbour`,
      );
    }
    before = content;
  }
  requireEqual("chains", "KSM", ksm.stableNodeChains, chains);
  requireEqual("dups", "KSM", ksm.stableNodeDups, dups);
  checkPlaced(machine, placed);
}

/** The dups of a chain, newest first. */
function dupsOf({ ksm: { nodes } }: Machine, chain: StableNode): StableNode[] {
  const dups: StableNode[] = [];
  let before: StableNode | 0 = 0;
  let dup = nodes.firstDup.get(chain);
  for (; dup !== 0; dup = nodes.nextDup.get(dup)) {
    if (
      nodes.role[dup] !== NODE_ROLE.dup || nodes.chain.get(dup) !== chain ||
      nodes.previousDup.get(dup) !== before
    ) {
      broken(
        "dup list",
        `chain ${chain} at stable node ${dup} behind ${before}`,
      );
    }
    dups.push(dup);
    before = dup;
  }
  return dups;
}

/** The content of a node's page; 0 if the page is gone. */
function contentOf(
  { ksm, memory: { frames } }: Machine,
  node: StableNode,
): Content | 0 {
  const frame = ksm.nodes.kpfn.get(node);
  if (frame === 0 || !frames.isLive(frame) || !frames.isKsm(frame)) return 0;
  if (frames.stableNode.get(frame) !== node) return 0;
  return frames.contentOf(frame);
}

/** The content that all pages of one place have; 0 if all are gone. */
function contentOfPlace(
  machine: Machine,
  place: StableNode,
  members: readonly StableNode[],
): Content | 0 {
  const { contents } = machine.memory;
  let first: Content | 0 = 0;
  for (const node of members) {
    const content = contentOf(machine, node);
    if (content === 0) continue;
    if (first === 0) first = content;
    else if (contents.compare(first, content) !== 0) {
      broken("chain contents", `chain ${place} at stable node ${node}`);
    }
  }
  return first;
}

function checkPlaced(
  { ksm: { nodes } }: Machine,
  placed: ReadonlySet<StableNode>,
): void {
  for (const node of nodes.each()) {
    if (!placed.has(node)) broken("placed nodes", `stable node ${node} is not`);
  }
  for (const node of placed) {
    if (!nodes.isLive(node)) {
      broken("placed nodes", `stable node ${node} is gone, and still there`);
    }
  }
}
