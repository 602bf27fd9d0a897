/**
 * Address spaces, their areas and page tables, and the memory behind.
 *
 * @module
 */
import type { AnonVma, Memory, Mm, PageTable } from "../../engine/mm/mod.ts";
import { watchArena } from "./arena.ts";
import { noteCalls, replaceCalls } from "./calls.ts";
import { type Cells, quietly, Whole } from "./cells.ts";
import { watchedList, watchFields } from "./fields.ts";

/** Ranges of page tables that are looked at entry by entry; those that are longer are looked at as a whole. */
const RANGE_PAGES_MAX = 64;

/**
 * Watches memory.
 *
 * What vmstat counts is left out: nothing of mm looks at it, and in which order it is
 * counted up makes no difference. So are page contents: those of equal bytes are
 * one, whoever makes them first, and nothing looks at their numbers or asks how
 * often they are referred to. But their numbers depend on the order of steps, and
 * so nobody may print them.
 */
export function watchMemory(cells: Cells, memory: Memory): void {
  watchFields(cells, memory, { name: "memory" }, [
    "steps",
    "nodes",
    "ksm",
    "observer",
    "contents",
    "frames",
    "anonVmas",
    "mms",
    "cowKsm",
    "pagesMigrated",
    "migrationsFailed",
    "ksmZeroPages",
  ]);
  watchArena(cells, memory.frames, "frames", ["blocks"]);
  // What a pool has left changes with the arena's handles.
  const fixed = ["index", "node", "movable", "pool"];
  for (const block of memory.frames.blocks) {
    const owner = { name: "block", index: block.index };
    watchFields(cells, block, owner, fixed);
  }
  watchAnonVmas(cells, memory);
  watchMms(cells, memory);
}

function watchAnonVmas(cells: Cells, { anonVmas }: Memory): void {
  const families = cells.row("anonVmas.family");
  watchArena(cells, anonVmas, "anonVmas");
  const change = (anonVma: AnonVma) => families.write(anonVma);
  noteCalls(anonVmas, "link", change);
  noteCalls(anonVmas, "unlink", change);
  const family = anonVmas.family.bind(anonVmas);
  anonVmas.family = function* (anonVma) {
    families.read(anonVma);
    for (const mm of family(anonVma)) {
      yield mm;
      // Somebody may have joined or left meanwhile.
      families.read(anonVma);
    }
  };
}

function watchMms(cells: Cells, { mms }: Memory): void {
  const { log } = cells;
  const numbers = cells.one("mm numbers");
  const there = cells.row("mms");
  const all = new Whole(cells, "mms there");
  const create = mms.create.bind(mms);
  mms.create = (pid, forkedFrom) => {
    log.write(numbers);
    const mm = create(pid, forkedFrom);
    there.write(mm.id);
    watchMm(cells, mm);
    return mm;
  };
  noteCalls(mms, "of", (id: number) => there.read(id));
  noteCalls(mms, "find", (id: number) => there.read(id));
  noteCalls(mms, "put", ({ id, count }: Mm) => {
    if (count > 1) return;
    all.changePart();
    there.write(id);
  });
  replaceCalls(mms, "each", (call) => {
    log.read(numbers);
    all.look();
    return call();
  });
  for (const mm of quietly(log, () => [...mms.each()])) watchMm(cells, mm);
}

/**
 * Watches an address space. All of its areas are one cell, and so is each property
 * that they have.
 *
 * What KSM counts for a process is left out as that of vmstat is.
 */
function watchMm(cells: Cells, mm: Mm): void {
  const { id: index } = mm;
  watchFields(cells, mm, { name: "mm", index }, [
    "id",
    "forkedFrom",
    "pid",
    "vmas",
    "pages",
    "task",
    "mmapLock",
    "pageTableLock",
    "ksmZeroPages",
    "ksmRmapItems",
    "ksmMergingPages",
  ]);
  watchFields(cells, mm.task, { name: "mm.task", index }, ["home"]);
  const watched = new WeakSet<object>();
  // What is stored may also be the list's length, or an area that has moved in it.
  const watchVma = (vma: unknown) => {
    if (!(vma instanceof Object) || watched.has(vma)) return;
    watched.add(vma);
    watchFields(cells, vma, { name: "mm.vmas", index });
  };
  for (const vma of mm.vmas) watchVma(vma);
  const list = watchedList(
    cells,
    mm.vmas,
    { name: "mm.vmas", index },
    watchVma,
  );
  Object.defineProperty(mm, "vmas", { value: list, enumerable: true });
  watchPageTable(cells, mm.pages, `mm ${index} pages`);
}

function watchPageTable(cells: Cells, pages: PageTable, name: string): void {
  const row = cells.row(name);
  const whole = new Whole(cells, `${name} as a whole`);
  const noteRange = (from: number, to: number) => {
    if (to - from > RANGE_PAGES_MAX) return whole.look();
    for (let vpn = from; vpn < to; vpn++) row.read(vpn);
  };
  let isInside = false;
  const set = pages.set.bind(pages);
  pages.set = (vpn, pte) => {
    whole.changePart();
    row.write(vpn);
    isInside = true;
    set(vpn, pte);
    isInside = false;
  };
  const get = pages.get.bind(pages);
  pages.get = (vpn) => {
    row.read(vpn);
    return get(vpn);
  };
  const next = pages.next.bind(pages);
  pages.next = (vpn, end) => {
    const found = next(vpn, end);
    noteRange(vpn, found === -1 ? end : found + 1);
    return found;
  };
  noteCalls(pages, "presentIn", noteRange);
  noteCalls(pages, "framesIn", noteRange);
  const look = () => {
    if (!isInside) whole.look();
  };
  watchCount(pages, "present", look);
  watchCount(pages, "frames", look);
}

/** Watches a count that only its own class changes. */
function watchCount(object: object, key: string, look: () => void): void {
  let value: unknown = Reflect.get(object, key);
  Object.defineProperty(object, key, {
    enumerable: true,
    configurable: true,
    get() {
      look();
      return value;
    },
    set(next: unknown) {
      value = next;
    },
  });
}
