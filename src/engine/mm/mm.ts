/**
 * An address space, the kernel's `mm_struct`.
 *
 * @module
 */
import { assert, Bug } from "../lib/assert.ts";
import type { Handle } from "../lib/handle.ts";
import { keepAll, keepFields, keepList, type Kept } from "../lib/kept.ts";
import { type Lock, LOCK_CLASS } from "../lib/lock.ts";
import { newTask, type Task } from "./numa.ts";
import { PageTable } from "./page_table.ts";
import type { Vma } from "./vma.ts";

/** Number of an address space; 0 is none. */
export type MmId = Handle<"Mm">;

/** One address space. It outlives its process while ksmd still refers to it. */
export class Mm {
  /** Its number. */
  readonly id: MmId;
  /** Which one it was forked from; missing where none was. */
  readonly forkedFrom: Mm | undefined;
  /** Process id of its owner. */
  readonly pid: number;
  /** Areas in rising order. */
  readonly vmas: Vma[] = [];
  /** What its addresses map. */
  readonly pages: PageTable = new PageTable();
  /** Its process, as far as that allocates memory. */
  readonly task: Task = newTask();
  /** Users: 1 while the process lives, 0 from the start of its exit. */
  users = 1;
  /** References on this structure: one for all users together, and one from KSM's slot. */
  count = 1;
  /** MMF_VM_MERGEABLE: KSM has a slot for it. */
  registered = false;
  /** MMF_VM_MERGE_ANY: prctl has made all its areas mergeable, and makes new ones so. */
  mergeAny = false;
  /** Entries of its page table that KSM has put on the shared zero page. */
  ksmZeroPages = 0;
  /** rmap items that KSM keeps for it. */
  ksmRmapItems = 0;
  /** How many of those are on KSM pages. */
  ksmMergingPages = 0;

  /** Its mmap_lock. */
  readonly mmapLock: Lock;
  /** The lock of its page tables; one for all of them. */
  readonly pageTableLock: Lock;

  /** An empty address space with one user. */
  constructor(id: MmId, pid: number, forkedFrom?: Mm) {
    this.id = id;
    this.forkedFrom = forkedFrom;
    this.pid = pid;
    this.mmapLock = { lockClass: LOCK_CLASS.mmapLock, instance: id };
    this.pageTableLock = { lockClass: LOCK_CLASS.pageTableLock, instance: id };
  }

  /** All that may change in it. Its areas are the same objects again when they are put back. */
  keep(): Kept {
    return keepAll([
      keepFields(this),
      keepFields(this.task),
      this.pages.keep(),
      keepList(this.vmas),
      ...this.vmas.map(keepFields),
    ]);
  }

  /** Whether the process has begun to exit. */
  get exiting(): boolean {
    return this.users === 0;
  }
}

/** Whether `mm` was forked from `ancestor`, or from one that was. */
export function descendsFrom(mm: Mm, ancestor: Mm): boolean {
  let parent = mm.forkedFrom;
  while (parent !== undefined && parent !== ancestor) {
    parent = parent.forkedFrom;
  }
  return parent !== undefined;
}

/** All address spaces that something still refers to. */
export class Mms {
  #byId: (Mm | undefined)[] = [undefined];

  /** A new, empty address space, which is to become a copy of the one that it is forked from. */
  create(pid: number, forkedFrom?: Mm): Mm {
    const mm = new Mm(this.#byId.length as MmId, pid, forkedFrom);
    this.#byId.push(mm);
    return mm;
  }

  /** The address space with this number. */
  of(id: MmId | 0): Mm {
    const mm = this.#byId[id];
    if (mm === undefined) throw new Bug(`mm ${id} is gone or none`);
    return mm;
  }

  /** The address space with this number, if something still refers to it. */
  find(id: number): Mm | undefined {
    return this.#byId[id];
  }

  /** Raises the reference count. */
  get(mm: Mm): void {
    assert(mm.count > 0, `mm ${mm.id} is pinned while gone`);
    mm.count++;
  }

  /** Drops a reference; the last one frees. */
  put(mm: Mm): void {
    assert(mm.count > 0, `mm ${mm.id} is put while gone`);
    if (--mm.count === 0) {
      assert(mm.pages.present === 0, `mm ${mm.id} is freed with pages`);
      this.#byId[mm.id] = undefined;
    }
  }

  /** All of them, and what is in them. */
  keep(): Kept {
    const byId = [...this.#byId];
    const restore = () => {
      this.#byId = [...byId];
    };
    const parts = Array.from(this.each(), (mm) => mm.keep());
    return keepAll([...parts, { bytes: byId.length * 8, restore }]);
  }

  /** All that are there, in the order of their creation. */
  *each(): Generator<Mm, void, void> {
    for (const mm of this.#byId) if (mm !== undefined) yield mm;
  }
}
