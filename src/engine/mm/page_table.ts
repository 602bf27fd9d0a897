/**
 * Page tables: which page an address maps, for one address space.
 *
 * An entry is one integer, 0 when nothing is mapped:
 *
 * ```
 *   frame number * 8  +  4 if KSM put the shared zero page there
 *                     +  2 if it maps the shared zero page  +  1 if writable
 * ```
 *
 * With a frame number 2 marks a migration entry instead: the frame is being
 * migrated, and nothing is mapped until it has got its new place.
 *
 * Entries live in tables of 512, as on x86-64, and only tables with an entry
 * exist, so that a sparse area of a terabyte costs what is touched in it.
 *
 * @module
 */
import { keepAll, keepNumbers, type Kept } from "../lib/kept.ts";
import type { Frame } from "./frames.ts";

/** Entries of one table. */
export const TABLE_ENTRIES = 512;

/** What is kept of a table besides its entries. */
const KEPT_TABLE_BYTES = 24;

/** A page table entry. */
export type Pte = number;

/** Nothing is mapped. */
export const NO_PTE: Pte = 0;

/** Maps the kernel's shared zero page, read-only. It has no frame here. */
export const ZERO_PTE: Pte = 2;

/** Maps the shared zero page because KSM has merged a page of zeros with it. */
export const KSM_ZERO_PTE: Pte = 6;

/** An entry that maps `frame`. */
export function pteOf(frame: Frame, writable: boolean): Pte {
  return frame * 8 + (writable ? 1 : 0);
}

/** The frame that an entry maps; 0 for none, for the zero page, and for a migration entry. */
export function pteFrame(pte: Pte): Frame | 0 {
  return ((pte & 2) === 0 ? pte >>> 3 : 0) as Frame | 0;
}

/** Whether a write needs no fault. */
export function pteWritable(pte: Pte): boolean {
  return (pte & 3) === 1;
}

/** A migration entry for `frame`, which was mapped writable or not. */
export function migrationPte(frame: Frame, writable: boolean): Pte {
  return frame * 8 + 2 + (writable ? 1 : 0);
}

/** The frame that a migration entry stands for; 0 for every other entry. */
export function migratingFrame(pte: Pte): Frame | 0 {
  return ((pte & 2) === 0 ? 0 : pte >>> 3) as Frame | 0;
}

/** The frame that an entry maps, or will when it has been migrated; 0 for none and for the zero page. */
export function presentFrame(pte: Pte): Frame | 0 {
  return (pte >>> 3) as Frame | 0;
}

/** Whether a read needs no fault. */
export function pteReadable(pte: Pte): boolean {
  return pte !== NO_PTE && migratingFrame(pte) === 0;
}

/** Whether the page of a migration entry is to be mapped writable again. */
export function isWritableMigration(pte: Pte): boolean {
  return (pte & 3) === 3;
}

/** The first page that another table than that of `vpn` holds. */
export function tableEnd(vpn: number): number {
  return (Math.floor(vpn / TABLE_ENTRIES) + 1) * TABLE_ENTRIES;
}

interface Table {
  /** First page of the table, divided by its length. */
  readonly key: number;
  readonly entries: Int32Array;
  /** Entries that are not 0. */
  used: number;
  /** Entries that map a frame. */
  frames: number;
}

/** The entries of one address space, by virtual page number (vpn). */
export class PageTable {
  /** Entries that map something. */
  present = 0;
  /** Entries that map a frame: all but those of the zero page and of migration. */
  frames = 0;

  /** In rising order of their keys. */
  #tables: Table[] = [];
  /** Where the table that was used last stands, or stood: a hint. */
  #lastPlace = 0;

  /** The entry at `vpn`. */
  get(vpn: number): Pte {
    const table = this.#at(Math.floor(vpn / TABLE_ENTRIES));
    return table === undefined ? NO_PTE : table.entries[vpn % TABLE_ENTRIES];
  }

  /** Replaces the entry at `vpn`. */
  set(vpn: number, pte: Pte): void {
    const key = Math.floor(vpn / TABLE_ENTRIES);
    const table = this.#at(key) ??
      (pte === NO_PTE ? undefined : this.#add(key));
    if (table === undefined) return;
    const slot = vpn % TABLE_ENTRIES;
    const before = table.entries[slot];
    const change = (pte === NO_PTE ? 0 : 1) - (before === NO_PTE ? 0 : 1);
    const frames = (pteFrame(pte) === 0 ? 0 : 1) -
      (pteFrame(before) === 0 ? 0 : 1);
    table.entries[slot] = pte;
    table.used += change;
    this.present += change;
    table.frames += frames;
    this.frames += frames;
    if (table.used === 0) this.#remove(table);
  }

  /** The first page at or after `vpn` and before `end` that maps something; -1 if there is none. */
  next(vpn: number, end: number): number {
    let place = this.#place(Math.floor(vpn / TABLE_ENTRIES));
    for (; place < this.#tables.length; place++) {
      const { key, entries } = this.#tables[place];
      const first = key * TABLE_ENTRIES;
      if (first >= end) return -1;
      const stop = Math.min(TABLE_ENTRIES, end - first);
      for (let slot = Math.max(0, vpn - first); slot < stop; slot++) {
        if (entries[slot] !== NO_PTE) return first + slot;
      }
    }
    return -1;
  }

  /** The first page at or after `vpn` and before `end` that maps a frame; -1 if there is none. */
  nextFrame(vpn: number, end: number): number {
    let at = this.next(vpn, end);
    while (at !== -1 && pteFrame(this.get(at)) === 0) {
      at = this.next(at + 1, end);
    }
    return at;
  }

  /** How many entries from `start` up to `end`, all of one table, map something. */
  presentIn(start: number, end: number): number {
    const table = this.#at(Math.floor(start / TABLE_ENTRIES));
    if (table === undefined) return 0;
    const first = table.key * TABLE_ENTRIES;
    let present = 0;
    for (let slot = start - first; slot < end - first; slot++) {
      if (table.entries[slot] !== NO_PTE) present++;
    }
    return present;
  }

  /** How many entries from `start` up to `end` map a frame. */
  framesIn(start: number, end: number): number {
    let frames = 0;
    let place = this.#place(Math.floor(start / TABLE_ENTRIES));
    for (; place < this.#tables.length; place++) {
      const table = this.#tables[place];
      const first = table.key * TABLE_ENTRIES;
      if (first >= end) break;
      const from = Math.max(0, start - first);
      const to = Math.min(TABLE_ENTRIES, end - first);
      if (from === 0 && to === TABLE_ENTRIES) frames += table.frames;
      else {
        for (let slot = from; slot < to; slot++) {
          if (pteFrame(table.entries[slot]) !== 0) frames++;
        }
      }
    }
    return frames;
  }

  /** All entries. */
  keep(): Kept {
    const { present, frames } = this;
    const tables = this.#tables.map((table) => ({
      table,
      used: table.used,
      frames: table.frames,
    }));
    const restore = () => {
      this.present = present;
      this.frames = frames;
      this.#tables = tables.map(({ table, used, frames }) => {
        table.used = used;
        table.frames = frames;
        return table;
      });
    };
    return keepAll([
      { bytes: tables.length * KEPT_TABLE_BYTES, restore },
      ...this.#tables.map(({ entries }) =>
        keepNumbers(() => entries, TABLE_ENTRIES)
      ),
    ]);
  }

  #at(key: number): Table | undefined {
    const table: Table | undefined = this.#tables[this.#place(key)];
    return table?.key === key ? table : undefined;
  }

  /** Index of the first table whose key is not below `key`. */
  #place(key: number): number {
    const last: Table | undefined = this.#tables[this.#lastPlace];
    if (last?.key === key) return this.#lastPlace;
    let low = 0;
    let high = this.#tables.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#tables[middle].key < key) low = middle + 1;
      else high = middle;
    }
    return this.#lastPlace = low;
  }

  #add(key: number): Table {
    const entries = new Int32Array(TABLE_ENTRIES);
    const table = { key, entries, used: 0, frames: 0 };
    this.#tables.splice(this.#place(key), 0, table);
    return table;
  }

  #remove(table: Table): void {
    this.#tables.splice(this.#place(table.key), 1);
  }
}
