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

/** Copies of some state. */
export interface Kept {
  /** Size of the copies. */
  readonly bytes: number;
  /** What it holds besides and has not copied, since nobody changes it: others may hold the same. Missing where there is nothing. */
  readonly held?: readonly Uint8Array[];
  /** Puts the state back, as often as one likes. Objects that were there then are the same ones again. */
  restore(): void;
}

/** What a plain value takes. */
const VALUE_BYTES = 8;

/** Several parts as one. */
export function keepAll(parts: readonly Kept[]): Kept {
  let bytes = 0;
  const held: Uint8Array[] = [];
  for (const part of parts) {
    bytes += part.bytes;
    for (const each of part.held ?? []) held.push(each);
  }
  return {
    bytes,
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
  const numbers = present().slice(0, count);
  return {
    bytes: numbers.byteLength,
    restore() {
      const array = present();
      array.set(numbers);
      array.fill(0, numbers.length);
    },
  };
}
