/**
 * Invariants of the stable trees, of the chains in them, and of the nodes in
 * exile.
 *
 * @module
 */
import { NODE_ROLE, treesInUse } from "../../engine/ksm/mod.ts";
import type { Content, StableNode } from "../../engine/mm/mod.ts";
import type { Machine } from "../machine.ts";
import { broken, requireEqual } from "./invariant.ts";
import { nodesInOrder } from "./red_black.ts";

/** What has been counted on a walk over all trees. */
interface Found {
  /** Nodes that are in a tree, on a chain, or in exile. */
  readonly placed: Set<StableNode>;
  chains: number;
  dups: number;
}

/**
 * What holds of the stable trees after every step. A chain may have lost all its
 * dups, and any node its page, without ksmd having noticed. Only trees in use have
 * nodes, and nobody is in exile while all NUMA nodes share one tree.
 */
export function checkStableTrees(machine: Machine): void {
  const { ksm } = machine;
  const found: Found = { placed: exiles(machine), chains: 0, dups: 0 };
  if (ksm.knobs.mergeAcrossNodes) {
    requireEqual("exile", "KSM", found.placed.size, 0);
  }
  ksm.stableTrees.forEach((tree, nid) => {
    const places = nodesInOrder(`stable tree ${nid}`, tree);
    if (nid >= treesInUse(ksm)) {
      requireEqual("tree in use", `stable tree ${nid}`, places.length, 0);
    }
    checkTree(machine, nid, places, found);
  });
  requireEqual("chains", "KSM", ksm.stableNodeChains, found.chains);
  requireEqual("dups", "KSM", ksm.stableNodeDups, found.dups);
  checkPlaced(machine, found.placed);
}

function checkTree(
  machine: Machine,
  nid: number,
  places: readonly StableNode[],
  found: Found,
): void {
  const { ksm: { nodes }, memory } = machine;
  let before: Content | 0 = 0;
  for (const place of places) {
    const isChain = nodes.role[place] === NODE_ROLE.chain;
    const members = isChain ? dupsOf(machine, place) : [place];
    if (isChain) {
      found.chains++;
      found.dups += members.length;
    }
    for (const node of [place, ...members]) {
      found.placed.add(node);
      requireEqual("tree of node", `stable node ${node}`, nodes.nid[node], nid);
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
}

/** The nodes on the list of exiles. */
function exiles({ ksm: { nodes } }: Machine): Set<StableNode> {
  const found = new Set<StableNode>();
  let before: StableNode | 0 = 0;
  let node = nodes.exiled.next(0);
  for (; node !== 0; node = nodes.exiled.next(node)) {
    const isSound = nodes.role[node] === NODE_ROLE.migrating &&
      nodes.exiled.previous(node) === before && !found.has(node);
    if (!isSound) broken("exile", `stable node ${node} behind ${before}`);
    found.add(node);
    before = node;
  }
  return found;
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
