/**
 * State that can be put back: what is kept of it, and how.
 *
 * A class that has state of its own offers `keep`, which copies the state and
 * answers how to put it back. Since state is columns and plain values, that is
 * a few copies of arrays, whatever has happened in between:
 *
 * ```ts ignore
 * const kept = machine.keep();
 * // ... the machine goes on ...
 * kept.restore(); // and may go on from here once more
 * ```
 *
 * @module
 */
import type { ColumnArray } from "./arena.ts";

/**
 * Copies of numbers that stood side by side. Nobody changes a block; who owns the
 * list may put an equal block in the place of another, so that many copies of
 * state that hardly changes take little room.
 */
export type Blocks = ColumnArray[];

/** Copies of some state. */
export interface Kept {
  /** Size of the copies, but for the blocks. */
  readonly bytes: number;
  /** What is copied as blocks. Missing where there is nothing. */
  readonly blocks?: readonly Blocks[];
  /** What it holds besides and has not copied, since nobody changes it: others may hold the same. Missing where there is nothing. */
  readonly held?: readonly Uint8Array[];
  /** Puts the state back, as often as one likes. Objects that were there then are the same ones again. */
  restore(): void;
}

/** What a plain value takes. */
const VALUE_BYTES = 8;

/** The longest block: short enough to stay equal where little changes, and long beside what an array of its own takes. */
const BLOCK_BYTES = 4096;

/** Several parts as one. */
export function keepAll(parts: readonly Kept[]): Kept {
  let bytes = 0;
  const blocks: Blocks[] = [];
  const held: Uint8Array[] = [];
  for (const part of parts) {
    bytes += part.bytes;
    for (const each of part.blocks ?? []) blocks.push(each);
    for (const each of part.held ?? []) held.push(each);
  }
  return {
    bytes,
    ...(blocks.length > 0 && { blocks }),
    ...(held.length > 0 && { held }),
    restore() {
      for (const part of parts) part.restore();
    },
  };
}

/**
 * All fields of an object that hold plain values. What is in an object of its own
 * is not kept.
 */
export function keepFields(object: object): Kept {
  const fields = Object.entries(object).filter(([, value]) =>
    !(value instanceof Object)
  );
  const values = Object.fromEntries(fields);
  return {
    bytes: fields.length * VALUE_BYTES,
    restore() {
      Object.assign(object, values);
    },
  };
}

/** The elements of a list, which are put back into the same list. */
export function keepList<T>(list: T[]): Kept {
  const elements = [...list];
  return {
    bytes: elements.length * VALUE_BYTES,
    restore() {
      list.length = 0;
      for (const element of elements) list.push(element);
    },
  };
}

/**
 * The first `count` numbers of an array; all behind them are 0 again when they
 * are put back. The array may be another, longer one by then: `present` says which.
 */
export function keepNumbers(present: () => ColumnArray, count: number): Kept {
  const array = present();
  const length = BLOCK_BYTES / array.BYTES_PER_ELEMENT;
  const blocks: Blocks = [];
  for (let at = 0; at < count; at += length) {
    blocks.push(array.slice(at, Math.min(at + length, count)));
  }
  return {
    bytes: blocks.length * VALUE_BYTES,
    blocks: [blocks],
    restore() {
      const array = present();
      let at = 0;
      for (const block of blocks) {
        array.set(block, at);
        at += block.length;
      }
      array.fill(0, at);
    },
  };
}
