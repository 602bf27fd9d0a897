/**
 * Slots: the list of address spaces that ksmd goes through.
 *
 * @module
 */
import { Arena, type HandleColumn } from "../lib/arena.ts";
import type { Handle } from "../lib/handle.ts";
import { keepAll, type Kept } from "../lib/kept.ts";
import { ListLinks } from "../lib/list.ts";
import type { MmId } from "../mm/mm.ts";
import type { RmapItem } from "./rmap_item.ts";

/** A slot; 0 is none, and stands for the head of the list. */
export type MmSlot = Handle<"MmSlot">;

/** All slots. */
export class MmSlots extends Arena<MmSlot> {
  /** The address space, on which the slot holds a reference. */
  readonly mm: HandleColumn<MmId> = this.handles<MmId>();
  /** First of its rmap items; they stand in strictly rising order of pages. */
  readonly rmapList: HandleColumn<RmapItem> = this.handles<RmapItem>();
  /** The order of a pass. */
  readonly list: ListLinks<MmSlot> = this.links(new ListLinks<MmSlot>());

  #byMm = new Map<MmId, MmSlot>();

  constructor() {
    super("mm slot");
  }

  /** A new slot for `mm`, not on the list yet. */
  create(mm: MmId): MmSlot {
    const slot = this.alloc();
    this.mm.set(slot, mm);
    this.#byMm.set(mm, slot);
    return slot;
  }

  /** Frees a slot that is off the list. */
  destroy(slot: MmSlot): void {
    const mm = this.mm.get(slot);
    if (mm !== 0) this.#byMm.delete(mm);
    this.free(slot);
  }

  /** The slot of `mm`; 0 when it has none. */
  of(mm: MmId): MmSlot | 0 {
    return this.#byMm.get(mm) ?? 0;
  }

  /** All slots, and their list. */
  override keep(): Kept {
    const byMm = new Map(this.#byMm);
    const restore = () => {
      this.#byMm = new Map(byMm);
    };
    return keepAll([super.keep(), { bytes: byMm.size * 32, restore }]);
  }
}
