/**
 * What holds of a machine between two steps of a single actor, recounted from
 * page tables and rmap items, and nothing believed.
 */
import assert from "node:assert/strict";
import { ITEM_STATE } from "../../src/engine/ksm/mod.ts";
import type { MmSlot, RmapItem } from "../../src/engine/ksm/mod.ts";
import {
  type Content,
  type Frame,
  KSM_ZERO_PTE,
  MAPPING,
  mappingsOf,
  type Mm,
  type Pte,
  pteFrame,
  pteWritable,
  type StableNode,
  vmaAt,
} from "../../src/engine/mm/mod.ts";
import type { Machine } from "../../src/machine/mod.ts";
import { checkStableTree, checkUnstableTree } from "./tree_invariants.ts";

/** References on frames that the test itself holds, as a driver that reads or writes memory directly. */
export type Pins = ReadonlyMap<Frame, number>;

/** An entry of a page table. */
interface Entry {
  readonly mm: Mm;
  readonly vpn: number;
  readonly pte: Pte;
}

/** Asserts all of it. Holds also between two pages of a batch. */
export function checkInvariants(
  machine: Machine,
  pins: Pins = new Map(),
): void {
  const mapped = new Map<Frame, Entry[]>();
  for (const mm of machine.memory.mms.each()) {
    checkAreas(machine, mm);
    for (const entry of entriesOf(mm)) {
      checkEntry(machine, entry);
      const frame = pteFrame(entry.pte);
      if (frame !== 0) push(mapped, frame, entry);
    }
  }
  checkFrames(machine, mapped, pins);
  checkContents(machine);
  checkReverseMap(machine, mapped);
  checkSlots(machine);
  checkItems(machine);
  checkNodes(machine);
  checkAnonVmas(machine);
  checkCounters(machine);
  checkStableTree(machine);
  checkUnstableTree(machine);
}

/**
 * Asserts that nothing is left of processes that have all exited, once ksmd has
 * come by. Stable nodes may be left: they hold no page, and go when a walk meets
 * them, or when all is unmerged.
 */
export function checkNothingLeft(machine: Machine): void {
  const { memory, ksm } = machine;
  assert.deepEqual(
    {
      slots: ksm.slots.live,
      items: ksm.items.live,
      frames: memory.frames.live,
      anonVmas: memory.anonVmas.live,
      mms: [...memory.mms.each()].length,
      contents: memory.contents.live,
    },
    { slots: 0, items: 0, frames: 0, anonVmas: 0, mms: 0, contents: 1 },
  );
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function* entriesOf(mm: Mm): Generator<Entry> {
  let entries = 0;
  for (
    let vpn = mm.pages.next(0, Infinity);
    vpn !== -1;
    vpn = mm.pages.next(vpn + 1, Infinity)
  ) {
    entries++;
    yield { mm, vpn, pte: mm.pages.get(vpn) };
  }
  assert.equal(mm.pages.present, entries);
}

/** Areas stand in order without overlap; an mm that may be scanned has a slot; who refers to it is counted. */
function checkAreas({ ksm }: Machine, mm: Mm): void {
  let end = 0;
  for (const vma of mm.vmas) {
    assert.ok(vma.start >= end && vma.start < vma.end, "areas overlap");
    end = vma.end;
  }
  const slot = ksm.slots.of(mm.id);
  assert.equal(mm.registered, slot !== 0);
  assert.equal(mm.count, mm.users + (slot === 0 ? 0 : 1));
  if (mm.exiting) assert.deepEqual([mm.vmas.length, mm.pages.present], [0, 0]);
  if (mm.vmas.some((vma) => vma.mergeable)) assert.ok(mm.registered);
}

/** An entry lies in an area, maps a frame in use, and allows a write only where nobody else would see it. */
function checkEntry(
  { memory: { frames } }: Machine,
  { mm, vpn, pte }: Entry,
): void {
  const place = `mm ${mm.id} page ${vpn}`;
  const vma = vmaAt(mm, vpn);
  assert.ok(vma, `${place} is mapped outside all areas`);
  const frame = pteFrame(pte);
  if (frame === 0) {
    return assert.ok(!pteWritable(pte), `${place} may write to the zero page`);
  }
  assert.ok(frames.isLive(frame), `${place} maps dead frame ${frame}`);
  if (pteWritable(pte)) {
    assert.ok(!frames.isKsm(frame), `${place} may write to KSM page ${frame}`);
    assert.equal(
      frames.mapcount[frame],
      1,
      `${place} may write to a shared page`,
    );
    assert.equal(vma.protection, "rw", place);
  }
  if (frames.isKsm(frame)) return;
  assert.equal(frames.anonVma.get(frame), vma.anonVma, place);
  assert.equal(frames.index[frame], vma.pageOffset + (vpn - vma.start), place);
}

/** Every frame in use has as many mappings as it says, a reference for each, and nobody at work on it. */
function checkFrames(
  { memory: { frames }, ksm }: Machine,
  mapped: Map<Frame, Entry[]>,
  pins: Pins,
): void {
  for (const frame of frames.each()) {
    const mappings = mapped.get(frame)?.length ?? 0;
    const references = mappings + (pins.get(frame) ?? 0);
    assert.equal(
      frames.mapcount[frame],
      mappings,
      `mapcount of frame ${frame}`,
    );
    assert.equal(
      frames.refcount[frame],
      references,
      `refcount of frame ${frame}`,
    );
    assert.ok(references > 0, `frame ${frame} is in use without a reference`);
    assert.equal(frames.locked[frame], 0, `frame ${frame} is locked`);
    assert.notEqual(frames.mappingKind[frame], MAPPING.none);
    if (!frames.isKsm(frame)) continue;
    const node = frames.stableNode.get(frame);
    if (node === 0) continue;
    assert.ok(ksm.nodes.isLive(node), `KSM page ${frame} has a dead node`);
    assert.equal(ksm.nodes.kpfn.get(node), frame);
  }
}

/** Each content is referred to by the frames that have it, and none by nobody. */
function checkContents({ memory: { contents, frames } }: Machine): void {
  const users = new Map<Content, number>([[contents.zero, 1]]);
  for (const frame of frames.each()) count(users, frames.contentOf(frame));
  assert.equal(contents.live, users.size, "contents in use");
  for (const [content, number] of users) {
    assert.equal(
      contents.refs(content),
      number,
      `references on content ${content}`,
    );
  }
}

/** The reverse map finds the mappings that a walk over all page tables finds, and each once. */
function checkReverseMap(
  { memory }: Machine,
  mapped: Map<Frame, Entry[]>,
): void {
  const name = ({ mm, vpn }: { mm: Mm; vpn: number }) => `${mm.id}:${vpn}`;
  for (const [frame, entries] of mapped) {
    const expected = memory.frames.isKsm(frame) ? [] : entries;
    assert.deepEqual(
      mappingsOf(memory, frame).map(name).sort(),
      expected.map(name).sort(),
      `mappings of frame ${frame}`,
    );
  }
}

/** Slots in the order of a pass. */
function slotsInOrder({ ksm: { slots } }: Machine): MmSlot[] {
  const order: MmSlot[] = [];
  for (
    let slot = slots.list.next(0);
    slot !== 0;
    slot = slots.list.next(slot)
  ) {
    assert.equal(slots.list.previous(slot), order.at(-1) ?? 0);
    assert.ok(slots.isLive(slot));
    order.push(slot);
  }
  assert.equal(slots.list.previous(0), order.at(-1) ?? 0);
  return order;
}

function checkSlots(machine: Machine): void {
  const { ksm } = machine;
  const order = slotsInOrder(machine);
  assert.equal(order.length, ksm.slots.live);
  for (const slot of order) {
    assert.equal(ksm.slots.of(ksm.mmOfSlot(slot).id), slot);
  }
  const { slot, vpn, behind, page } = ksm.cursor;
  assert.equal(page, 0, "a visit is not over");
  assert.ok(slot === 0 || order.includes(slot), "the cursor is on no slot");
  if (behind === 0) return;
  assert.ok(slot !== 0 && itemsOf(machine, slot).includes(behind));
  assert.ok(ksm.items.vpn[behind] < vpn);
}

function itemsOf({ ksm: { items, slots } }: Machine, slot: MmSlot): RmapItem[] {
  const list: RmapItem[] = [];
  let item = slots.rmapList.get(slot);
  for (; item !== 0; item = items.next.get(item)) list.push(item);
  return list;
}

/** Each item is on the list of its owner's slot, in strictly rising order; each mm knows how many it has. */
function checkItems(machine: Machine): void {
  const { ksm, memory } = machine;
  const { items } = ksm;
  let listed = 0;
  for (const slot of slotsInOrder(machine)) {
    const list = itemsOf(machine, slot);
    const mm = ksm.mmOfSlot(slot);
    list.forEach((item, index) => {
      assert.ok(items.isLive(item));
      assert.equal(items.mm.get(item), mm.id);
      if (index > 0) assert.ok(items.vpn[list[index - 1]] < items.vpn[item]);
    });
    const stable = list.filter((item) =>
      items.state[item] === ITEM_STATE.stable
    );
    assert.equal(mm.ksmRmapItems, list.length);
    assert.equal(mm.ksmMergingPages, stable.length);
    listed += list.length;
  }
  assert.equal(items.live, listed, "items on the lists of slots");
  for (const mm of memory.mms.each()) {
    if (mm.registered) continue;
    assert.deepEqual([mm.ksmRmapItems, mm.ksmMergingPages], [0, 0]);
  }
}

/** The items on a node's list. */
function itemsOn(
  { ksm: { items, nodes } }: Machine,
  node: StableNode,
): RmapItem[] {
  const list: RmapItem[] = [];
  let item = nodes.hlist.get(node);
  for (; item !== 0; item = items.hlistNext.get(item)) {
    assert.equal(items.hlistPrevious.get(item), list.at(-1) ?? 0);
    list.push(item);
  }
  return list;
}

/** An item is on its node's list if and only if it is stable, and holds an anon_vma just then. */
function checkNodes(machine: Machine): void {
  const { items, nodes } = machine.ksm;
  const stable = new Set<RmapItem>();
  for (const node of nodes.each()) {
    const list = itemsOn(machine, node);
    assert.equal(nodes.rmapHlistLen[node], list.length);
    for (const item of list) {
      assert.equal(items.head.get(item), node);
      stable.add(item);
    }
  }
  for (const item of items.each()) {
    const isStable = items.state[item] === ITEM_STATE.stable;
    assert.equal(stable.has(item), isStable);
    assert.equal(items.head.get(item) !== 0, isStable);
    assert.equal(items.anonVma.get(item) !== 0, isStable);
  }
}

/** An anon_vma has a reference from each area and each stable item that points at it. */
function checkAnonVmas({ memory, ksm: { items } }: Machine): void {
  const users = new Map<number, number>();
  for (const mm of memory.mms.each()) {
    for (const { anonVma } of mm.vmas) if (anonVma !== 0) count(users, anonVma);
  }
  for (const item of items.each()) {
    const anonVma = items.anonVma.get(item);
    if (anonVma !== 0) count(users, anonVma);
  }
  assert.equal(memory.anonVmas.live, users.size);
  for (const anonVma of memory.anonVmas.each()) {
    assert.equal(memory.anonVmas.refcount[anonVma], users.get(anonVma));
  }
}

/** What counters mean: nodes with an item, further items on them, items in the unstable state, and the rest. */
function checkCounters(machine: Machine): void {
  const { items, nodes } = machine.ksm;
  const states = Array.from(items.each(), (item) => items.state[item]);
  const count = (state: number) =>
    states.filter((other) => other === state).length;
  const shared =
    Array.from(nodes.each(), (node) => itemsOn(machine, node).length)
      .filter((length) => length > 0).length;
  const sharing = count(ITEM_STATE.stable) - shared;
  const {
    pagesShared,
    pagesSharing,
    pagesUnshared,
    pagesVolatile,
    generalProfit,
  } = machine
    .counters();
  assert.deepEqual(
    { pagesShared, pagesSharing, pagesUnshared, pagesVolatile, generalProfit },
    {
      pagesShared: shared,
      pagesSharing: sharing,
      pagesUnshared: count(ITEM_STATE.unstable),
      pagesVolatile: count(ITEM_STATE.neither),
      generalProfit: (sharing + zeroPages(machine)) * 4096 -
        states.length * 64,
    },
  );
}

/** Entries of all page tables that KSM has put on the zero page; each mm and the machine know theirs. */
function zeroPages({ memory }: Machine): number {
  let all = 0;
  for (const mm of memory.mms.each()) {
    let own = 0;
    for (const { start, end } of mm.vmas) {
      for (
        let vpn = mm.pages.next(start, end);
        vpn !== -1;
        vpn = mm.pages.next(vpn + 1, end)
      ) {
        if (mm.pages.get(vpn) === KSM_ZERO_PTE) own++;
      }
    }
    assert.equal(mm.ksmZeroPages, own);
    all += own;
  }
  assert.equal(memory.ksmZeroPages, all);
  return all;
}
