/** A machine with a bit of everything, and for each invariant a way to break it by hand. */
import assert from "node:assert/strict";
import {
  ITEM_STATE,
  type MmSlot,
  NODE_ROLE,
  type RmapItem,
} from "../../src/engine/ksm/mod.ts";
import {
  type Frame,
  MAPPING,
  migrationPte,
  type Mm,
  pteFrame,
  pteOf,
  type StableNode,
} from "../../src/engine/mm/mod.ts";
import { type Invariant, Machine, slotVpn } from "../../src/machine/mod.ts";
import { drive } from "../property/drive.ts";

/** Breaks one thing. References that the fault is not about go to `pins`, as known ones. */
export type Fault = (machine: Machine, pins: Map<Frame, number>) => void;

/** An entry that maps no frame, and may be written. */
const WRITABLE_ZERO = 1;

const r = (proc: string) => ({ proc, region: "r" });

/**
 * In the middle of a pass, two NUMA nodes with a tree each. `a` has a chain of two
 * dups, a further KSM page and three unstable pages, of which the pass has visited
 * all; `b` has a KSM page, an unstable page of the pass before and a volatile one;
 * `d` shares two plain pages with its child, and has one of its own; `f` is
 * registered and was not visited yet.
 */
export function richMachine(): Machine {
  const machine = new Machine({ nodes: 2 });
  const fill = (proc: string, start: number, count: number, byte: number) => ({
    op: "fill",
    ...r(proc),
    start,
    count,
    pattern: { kind: "const", byte },
  } as const);
  const unique = (proc: string, count: number, base: number) => ({
    op: "fill",
    ...r(proc),
    start: 0,
    count,
    pattern: { kind: "seq", base },
  } as const);
  const knob = (name: string, value: string) =>
    ({ op: "knob", name, value }) as const;
  drive(machine, [
    knob("max_page_sharing", "2"),
    knob("smart_scan", "0"),
    { op: "proc", proc: "a" },
    { op: "mmap", ...r("a"), slot: 0, pages: 12 },
    { op: "mmap", proc: "a", region: "s", slot: 1, pages: 2 },
    { op: "madvise", ...r("a"), advice: "mergeable" },
    unique("a", 3, 100),
    fill("a", 3, 4, 1),
    fill("a", 7, 2, 2),
    { op: "proc", proc: "b" },
    { op: "mmap", ...r("b"), slot: 0, pages: 4 },
    { op: "madvise", ...r("b"), advice: "mergeable" },
    unique("b", 2, 200),
    fill("b", 2, 2, 3),
    { op: "proc", proc: "d" },
    { op: "mmap", ...r("d"), slot: 0, pages: 3 },
    unique("d", 3, 300),
    { op: "fork", proc: "d", child: "e" },
    { op: "write", ...r("d"), page: 0, offset: 0, bytes: "07" },
    { op: "run", value: 1 },
    { op: "scanPasses", n: 3 },
    { op: "write", ...r("b"), page: 1, offset: 0, bytes: "09" },
    { op: "scanPasses", n: 1 },
    knob("pages_to_scan", "3"),
    { op: "scanBatches", n: 1 },
    { op: "proc", proc: "f" },
    { op: "mmap", ...r("f"), slot: 0, pages: 1 },
    { op: "madvise", ...r("f"), advice: "mergeable" },
  ]);
  return machine;
}

function mmOf(machine: Machine, name: string): Mm {
  return machine.processes.named(name).mm;
}

function frameAt(machine: Machine, name: string, page: number): Frame {
  const frame = pteFrame(mmOf(machine, name).pages.get(slotVpn(0, page)));
  assert.ok(frame !== 0);
  return frame;
}

function slotOf({ ksm }: Machine, mm: Mm): MmSlot {
  const slot = ksm.slots.of(mm.id);
  assert.ok(slot !== 0);
  return slot;
}

function itemAt({ ksm: { items } }: Machine, mm: Mm, page: number): RmapItem {
  for (const item of items.each()) {
    const isIt = items.mm.get(item) === mm.id &&
      items.vpn[item] === slotVpn(0, page);
    if (isIt) return item;
  }
  assert.fail(`No item at page ${page}`);
}

function nodeOf({ ksm: { nodes } }: Machine, role: number): StableNode {
  for (const node of nodes.each()) if (nodes.role[node] === role) return node;
  assert.fail(`No node in role ${role}`);
}

function freeFrame({ memory: { frames } }: Machine): Frame {
  const content = frames.contentOf([...frames.each()][0]);
  const frame = frames.allocPage(content, 0);
  frames.refcount[frame] = 0;
  frames.free(frame, frames.blocks[frames.block[frame]].pool);
  return frame;
}

function setPte(machine: Machine, name: string, page: number, pte: number) {
  mmOf(machine, name).pages.set(slotVpn(0, page), pte);
}

/** What each fault breaks, and how. The facts of the machine that they rely on stand at {@linkcode richMachine}. */
export const FAULTS: Readonly<Record<Invariant, Fault>> = {
  "areas": (m) => mmOf(m, "a").vmas[0].end += 1_000_000,
  "page table counters": (m) => mmOf(m, "a").pages.present++,
  "process mm": (m) => m.memory.mms.put(detached(m)),
  "mm references": (m) => mmOf(m, "a").count = 1,
  "mm references at rest": (m) => mmOf(m, "d").count++,
  "exiting mm": (m) => {
    mmOf(m, "a").users = 0;
    mmOf(m, "a").count = 1;
  },
  "exiting mm at rest": (m) => mmOf(m, "d").users = 0,
  "registered mm": (m) => mmOf(m, "d").registered = true,
  "registered mm at rest": (m) => {
    mmOf(m, "f").registered = false;
    mmOf(m, "f").vmas[0].mergeable = false;
  },
  "mergeable area": (m) => mmOf(m, "d").vmas[0].mergeable = true,
  "entry in area": (m) => mmOf(m, "d").vmas.pop(),
  "zero page entry": (m) => setPte(m, "f", 0, WRITABLE_ZERO),
  "entry frame": (m) => setPte(m, "f", 0, pteOf(freeFrame(m), false)),
  "writable KSM page": (m) =>
    setPte(m, "a", 7, pteOf(frameAt(m, "a", 7), true)),
  "writable shared page": (m) =>
    setPte(m, "d", 1, pteOf(frameAt(m, "d", 1), true)),
  "write permission at rest": (m) => mmOf(m, "d").vmas[0].protection = "r",
  "entry anon_vma": (m) => m.memory.frames.anonVma.set(frameAt(m, "d", 1), 0),
  "entry index": (m) => m.memory.frames.index[frameAt(m, "d", 1)]++,
  // An entry that nobody has counted.
  "frame mapcount": (m) => setPte(m, "f", 0, pteOf(frameAt(m, "a", 7), false)),
  "frame refcount": (m) => m.memory.frames.refcount[frameAt(m, "d", 1)]--,
  "frame refcount at rest": (m) => m.memory.frames.get(frameAt(m, "d", 1)),
  "frozen frame": (m) => {
    const frame = frameAt(m, "d", 1);
    m.memory.frames.refcount[frame] = 0;
    m.memory.frames.swapCache[frame] = 1;
    m.memory.frames.locked[frame] = 1;
  },
  "isolated frame at rest": (m) =>
    m.memory.frames.isolated[frameAt(m, "d", 1)] = 1,
  "frame mapping at rest": (m, pins) => {
    const { contents, frames } = m.memory;
    contents.get(contents.zero);
    const frame = frames.allocPage(contents.zero, 0);
    pins.set(frame, 1);
  },
  "migration entry": (m) =>
    setPte(m, "f", 0, migrationPte(frameAt(m, "d", 1), false)),
  "migration entry at rest": (m) => {
    const { frames } = m.memory;
    const frame = frameAt(m, "d", 1);
    frames.get(frame);
    frames.locked[frame] = 1;
    setPte(m, "f", 0, migrationPte(frame, false));
  },
  "frame lock": (m) => m.memory.frames.locked[frameAt(m, "d", 1)] = 1,
  "frame lock at rest": (m, pins) => {
    const frame = frameAt(m, "d", 1);
    m.memory.frames.get(frame);
    m.memory.frames.locked[frame] = 1;
    pins.set(frame, 1);
  },
  "frame mapping": (m) =>
    m.memory.frames.mappingKind[frameAt(m, "d", 1)] = MAPPING.none,
  // A node whose frame points elsewhere.
  "frame node": (m) =>
    m.ksm.nodes.kpfn.set(nodeOf(m, NODE_ROLE.regular), frameAt(m, "d", 1)),
  "free frame": (m) => m.memory.frames.refcount[freeFrame(m)] = 1,
  "contents": (m) => {
    const { contents, frames } = m.memory;
    contents.put(frames.contentOf(frameAt(m, "d", 1)));
  },
  "contents at rest": (m) => m.memory.contents.get(m.memory.contents.zero),
  "reverse map": (m) => {
    const { anonVma } = mmOf(m, "d").vmas[0];
    assert.ok(anonVma !== 0);
    m.memory.anonVmas.unlink(anonVma, mmOf(m, "d"));
  },
  "slot list": (m) => m.ksm.slots.list.remove(slotOf(m, mmOf(m, "b"))),
  "slot mm": (m) =>
    m.ksm.slots.mm.set(slotOf(m, mmOf(m, "b")), mmOf(m, "a").id),
  "cursor slot": (m) => m.ksm.cursor.slot = 60 as MmSlot,
  "cursor item": (m) => m.ksm.cursor.behind = itemAt(m, mmOf(m, "b"), 0),
  "cursor page": (m) => m.ksm.cursor.page = freeFrame(m),
  "cursor page at rest": (m) => {
    m.ksm.cursor.page = frameAt(m, "d", 1);
    m.memory.frames.get(m.ksm.cursor.page);
  },
  "rmap list": (m) => m.ksm.items.vpn[itemAt(m, mmOf(m, "b"), 1)]--,
  "rmap list owner": (m) =>
    m.ksm.items.mm.set(itemAt(m, mmOf(m, "b"), 1), mmOf(m, "a").id),
  "listed items": (m) => m.ksm.slots.rmapList.set(slotOf(m, mmOf(m, "b")), 0),
  "listed items at rest": (m) =>
    m.ksm.slots.rmapList.set(
      slotOf(m, mmOf(m, "b")),
      itemAt(m, mmOf(m, "b"), 1),
    ),
  "items of mm": (m) => mmOf(m, "a").ksmRmapItems++,
  "merging pages of mm": (m) => mmOf(m, "a").ksmMergingPages--,
  "item state": (m) => m.ksm.items.head.set(itemAt(m, mmOf(m, "a"), 7), 0),
  "item anon_vma": (m) =>
    m.ksm.items.anonVma.set(itemAt(m, mmOf(m, "a"), 7), 0),
  "item anon_vma at rest": (m) => {
    const { anonVma } = mmOf(m, "b").vmas[0];
    const item = itemAt(m, mmOf(m, "b"), 1);
    assert.ok(anonVma !== 0);
    assert.equal(m.ksm.items.state[item], ITEM_STATE.neither);
    m.memory.anonVmas.get(anonVma);
    m.ksm.items.anonVma.set(item, anonVma);
  },
  "item age": (m) => m.ksm.items.seqnr[itemAt(m, mmOf(m, "b"), 0)] -= 1,
  "node list": (m) => m.ksm.nodes.rmapHlistLen[nodeOf(m, NODE_ROLE.dup)]++,
  "node frame": (m) =>
    m.ksm.nodes.kpfn.set(nodeOf(m, NODE_ROLE.chain), freeFrame(m)),
  "anon_vma references": (m) => {
    const { anonVma } = mmOf(m, "d").vmas[0];
    m.memory.anonVmas.refcount[anonVma]--;
  },
  "anon_vma references at rest": (m) => {
    const { anonVma } = mmOf(m, "d").vmas[0];
    m.memory.anonVmas.refcount[anonVma]++;
  },
  "anon_vma family": (m) => {
    const { anonVma } = mmOf(m, "d").vmas[0];
    assert.ok(anonVma !== 0);
    m.memory.anonVmas.link(anonVma, mmOf(m, "a"));
  },
  "pages shared": (m) => m.ksm.pagesShared++,
  "pages sharing": (m) => m.ksm.pagesSharing++,
  "pages unshared": (m) => m.ksm.pagesUnshared++,
  "pages volatile": (m) => {
    const { pagesVolatile, ...right } = m.counters();
    m.counters = () => ({ ...right, pagesVolatile: pagesVolatile + 1 });
  },
  "zero pages": (m) => m.memory.ksmZeroPages++,
  "general profit": (m) => {
    const { generalProfit, ...right } = m.counters();
    m.counters = () => ({ ...right, generalProfit: generalProfit + 1 });
  },
  "chains": (m) => m.ksm.stableNodeChains++,
  "dups": (m) => m.ksm.stableNodeDups++,
  "red-black": (m) => m.ksm.nodes.node.red[m.ksm.stableTrees[0].root] = 1,
  "dup list": (m) => m.ksm.nodes.chain.set(nodeOf(m, NODE_ROLE.dup), 0),
  "placed nodes": (m) => {
    m.ksm.nodes.kpfn.set(m.ksm.nodes.alloc(), freeFrame(m));
  },
  "exile": (m) =>
    m.ksm.nodes.exiled.insertAfter(nodeOf(m, NODE_ROLE.regular), 0),
  "tree in use": (m) =>
    m.ksm.stableTrees[1].insert(nodeOf(m, NODE_ROLE.dup), 0, "left"),
  "tree of node": (m) => m.ksm.nodes.nid[nodeOf(m, NODE_ROLE.regular)] = 1,
  // Swapped tree nodes.
  "stable order": (m) => {
    const { root } = m.ksm.stableTrees[0];
    const { left, right } = m.ksm.nodes.node;
    [left[root], right[root]] = [right[root], left[root]];
  },
  "chain contents": (m) => {
    const { contents, frames } = m.memory;
    const frame = m.ksm.nodes.kpfn.get(nodeOf(m, NODE_ROLE.dup));
    assert.ok(frame !== 0);
    contents.get(contents.zero);
    frames.store(frame, contents.zero);
  },
  "unstable tree": (m) =>
    m.ksm.unstableTrees[0].erase(itemAt(m, mmOf(m, "a"), 0)),
};

/** The mm of a process without pages. */
function detached({ memory, processes }: Machine): Mm {
  const mm = memory.mms.create(99);
  processes.add({ ...processes.named("f"), name: "g", mm });
  return mm;
}
