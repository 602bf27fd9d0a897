/**
 * Invariants of rmap items and of the stable nodes that they are on.
 *
 * @module
 */
import { ITEM_STATE, NODE_ROLE, type RmapItem } from "../../engine/ksm/mod.ts";
import type { StableNode } from "../../engine/mm/mod.ts";
import type { Machine } from "../machine.ts";
import { broken, requireEqual } from "./invariant.ts";

/** Items that a merge is about. */
const MERGING_MAX = 2;

/** What holds of items and nodes after every step. */
export function checkItems(machine: Machine): void {
  checkOwners(machine);
  const onNodes = checkNodes(machine);
  const { items } = machine.ksm;
  let stable = 0;
  let merging = 0;
  for (const item of items.each()) {
    const state = items.state[item];
    const isStable = state === ITEM_STATE.stable;
    const head = items.head.get(item);
    if (isStable) stable++;
    if ((head !== 0) !== isStable) {
      broken("item state", `rmap item ${item} in state ${state} has ${head}`);
    }
    const holds = items.anonVma.get(item) !== 0;
    if (holds && state === ITEM_STATE.neither) merging++;
    const isRight = holds ? state !== ITEM_STATE.unstable : !isStable;
    if (!isRight || merging > MERGING_MAX) {
      broken(
        "item anon_vma",
        `rmap item ${item} in state ${state} holds one: ${holds}, in merges: ${merging}`,
      );
    }
    checkAge(machine, item);
  }
  requireEqual("item state", "the lists of nodes", onNodes, stable);
}

/**
 * What holds of items where no actor is inside an operation. While one is, an
 * item gets its anon_vma when its page is merged, and its node later.
 */
export function checkItemsAtRest({ ksm: { items } }: Machine): void {
  for (const item of items.each()) {
    if (items.state[item] === ITEM_STATE.stable) continue;
    const anonVma = items.anonVma.get(item);
    if (anonVma === 0) continue;
    broken("item anon_vma at rest", `rmap item ${item} holds ${anonVma}`);
  }
}

/** The items on a node's list. */
export function itemsOn(
  { ksm: { items, nodes } }: Machine,
  node: StableNode,
): RmapItem[] {
  const list: RmapItem[] = [];
  let before: RmapItem | 0 = 0;
  let item = nodes.hlist.get(node);
  for (; item !== 0; item = items.hlistNext.get(item)) {
    if (!items.isLive(item) || items.hlistPrevious.get(item) !== before) {
      broken("node list", `stable node ${node} at rmap item ${item}`);
    }
    list.push(item);
    before = item;
  }
  return list;
}

/** An item is counted by its owner until it is freed, though it may be on no list any more. */
function checkOwners({ memory, ksm: { items } }: Machine): void {
  const all: number[] = [];
  const stable: number[] = [];
  for (const item of items.each()) {
    const mm = items.mm.get(item);
    all[mm] = (all[mm] ?? 0) + 1;
    if (items.state[item] !== ITEM_STATE.stable) continue;
    stable[mm] = (stable[mm] ?? 0) + 1;
  }
  let counted = 0;
  for (const { id, ksmRmapItems, ksmMergingPages } of memory.mms.each()) {
    const subject = `mm ${id}`;
    requireEqual("items of mm", subject, ksmRmapItems, all[id] ?? 0);
    const merging = stable[id] ?? 0;
    requireEqual("merging pages of mm", subject, ksmMergingPages, merging);
    counted += all[id] ?? 0;
  }
  requireEqual("items of mm", "the machine", counted, items.live);
}

/** Checks the lists of all nodes, and returns how many items are on them. */
function checkNodes(machine: Machine): number {
  const { items, nodes } = machine.ksm;
  let onNodes = 0;
  for (const node of nodes.each()) {
    const list = itemsOn(machine, node);
    const isChain = nodes.role[node] === NODE_ROLE.chain;
    const subject = `stable node ${node}`;
    const expected = isChain ? 0 : list.length;
    requireEqual("node list", subject, nodes.rmapHlistLen[node], expected);
    requireEqual("node list", subject, list.length, expected);
    const frame = nodes.kpfn.get(node);
    if ((frame === 0) !== isChain) {
      broken(
        "node frame",
        `${subject} knows frame ${frame}, chain: ${isChain}`,
      );
    }
    for (const item of list) {
      const head = items.head.get(item);
      if (head === node) continue;
      broken("item state", `rmap item ${item} of node ${node} has ${head}`);
    }
    onNodes += list.length;
  }
  return onNodes;
}

function checkAge({ ksm }: Machine, item: RmapItem): void {
  if (ksm.items.state[item] !== ITEM_STATE.unstable) return;
  const age = (ksm.seqnr - ksm.items.seqnr[item]) & 0xff;
  if (age > 1) broken("item age", `rmap item ${item} is ${age} passes old`);
}
