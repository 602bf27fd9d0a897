/**
 * Fields of objects, and elements of arrays.
 *
 * @module
 */
import type { ColumnArray } from "../../engine/lib/arena.ts";
import { Bug } from "../../engine/lib/assert.ts";
import type { CellRow, Cells } from "./cells.ts";

/** Which object it is whose fields are watched. */
export interface Owner {
  /** What comes before the field in the name of a cell. */
  readonly name: string;
  /** Which one of several. */
  readonly index?: number;
}

/**
 * Watches all fields of an object but the `others`, which never change, are
 * watched elsewhere, or need not be.
 *
 * @throws {Bug} A field is no plain value and not among the others, or one of those is missing: so that nobody adds a field that is forgotten here.
 */
export function watchFields(
  cells: Cells,
  object: object,
  owner: Owner,
  others: readonly string[] = [],
): void {
  const missing = others.find((other) => !Object.hasOwn(object, other));
  if (missing !== undefined) {
    throw new Bug(`There is no field ${owner.name}.${missing}`);
  }
  for (const key of Object.keys(object)) {
    if (!others.includes(key)) watchField(cells, object, key, owner);
  }
}

/** Watches one field, whose value is plain. */
export function watchField(
  cells: Cells,
  object: object,
  key: string,
  { name, index }: Owner,
): void {
  const { log } = cells;
  const cell = cells.row(`${name}.${key}`).of(index);
  let value: unknown = Reflect.get(object, key);
  if (value instanceof Object) throw new Bug(`${name}.${key} is not watched`);
  Object.defineProperty(object, key, {
    enumerable: true,
    configurable: true,
    get() {
      log.read(cell);
      return value;
    },
    set(next: unknown) {
      log.write(cell);
      value = next;
    },
  });
}

/** An array of numbers that notes the use of each. Everything else goes to `array` itself. */
export function watchedNumbers(array: ColumnArray, row: CellRow): ColumnArray {
  return new Proxy(array, {
    get(target, key) {
      const index = Number(key);
      if (index >= 0) {
        row.read(index);
        return target[index];
      }
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
    set(target, key, value) {
      const index = Number(key);
      row.write(index);
      target[index] = value;
      return true;
    },
  });
}

/** A list whose use is noted, as of one cell; `stored` is told of what is put in. */
export function watchedList<T>(
  cells: Cells,
  list: T[],
  { name, index }: Owner,
  stored: (value: unknown) => void = () => {},
): T[] {
  const { log } = cells;
  const cell = cells.row(name).of(index);
  return new Proxy(list, {
    get(target, key) {
      log.read(cell);
      return Reflect.get(target, key);
    },
    set(target, key, value) {
      log.write(cell);
      stored(value);
      return Reflect.set(target, key, value);
    },
  });
}
