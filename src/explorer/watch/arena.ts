/**
 * Arenas, their columns, and the lists and trees over them.
 *
 * @module
 */
import {
  type Arena,
  type ColumnArray,
  HandleColumn,
  type HandlePool,
  RESTING_HANDLES,
} from "../../engine/lib/arena.ts";
import { Bug } from "../../engine/lib/assert.ts";
import { ListLinks } from "../../engine/lib/list.ts";
import { RbLinks, type RbTree } from "../../engine/lib/rbtree.ts";
import { noteCalls, noteGets, replaceCalls } from "./calls.ts";
import { type CellRow, type Cells, quietly, Whole } from "./cells.ts";
import { watchedNumbers } from "./fields.ts";

/** Fields of every arena that are no columns. */
const NO_COLUMNS = ["noun", "live", "pool"];

/**
 * Watches an arena, and all of its columns.
 *
 * Who gets an entry changes what the next one gets. To give one back changes
 * nothing but that entry, unless its handle may be used a second time soon: then
 * that changes what the next one gets, too, and who has known the handle before
 * sees that its columns are cleared. Otherwise no handle may be used twice.
 *
 * @throws {Bug} A field is neither a column nor among the `others`.
 */
export function watchArena<H extends number>(
  cells: Cells,
  arena: Arena<H>,
  name: string,
  others: readonly string[] = [],
): void {
  const { log } = cells;
  const handles = cells.one(`${name} handles`);
  const states = cells.row(`${name} state`);
  const entries = new Whole(cells, `${name} entries`);
  const known = [...NO_COLUMNS, ...others];
  const columns = watchColumns(cells, arena, name, known);
  replaceCalls(arena, "alloc", (call, pool: HandlePool = arena.pool) => {
    const { capacity } = arena;
    const isReused = pool.resting > pool.rest;
    if (log.listening && isReused && !isReusedSoon(pool)) {
      throw new Bug(`A watched ${arena.noun} is used a second time`);
    }
    const handle = Number(quietly(log, call));
    if (arena.capacity > capacity) watchNumbers(cells, arena, name);
    log.write(handles);
    states.write(handle);
    if (isReused) { for (const column of columns) column.write(handle); }
    return handle;
  });
  replaceCalls(arena, "reuse", (call, _, pool: HandlePool = arena.pool) => {
    if (isReusedSoon(pool)) log.write(handles);
    quietly(log, call);
  });
  replaceCalls(arena, "kill", (call, handle: H) => {
    entries.changePart();
    states.write(handle);
    quietly(log, call);
  });
  const look = () => {
    log.read(handles);
    entries.look();
  };
  noteCalls(arena, "isLive", (handle: H) => states.read(handle));
  noteCalls(arena, "assertLive", (handle: H) => states.read(handle));
  replaceCalls(arena, "each", (call) => {
    look();
    return call();
  });
  let { live } = arena;
  Object.defineProperty(arena, "live", {
    enumerable: true,
    configurable: true,
    get() {
      look();
      return live;
    },
    // Only `alloc` and `kill` do so.
    set(next: number) {
      live = next;
    },
  });
}

/** Whether freed handles of a pool rest for less than usual. */
function isReusedSoon({ rest }: HandlePool): boolean {
  return rest < RESTING_HANDLES;
}

/** Answers the cells of all columns that a new entry finds cleared. */
function watchColumns(
  cells: Cells,
  arena: object,
  name: string,
  known: readonly string[],
): CellRow[] {
  const rows: CellRow[] = [];
  watchNumbers(cells, arena, name);
  for (const [key, value] of Object.entries(arena)) {
    const column = `${name}.${key}`;
    if (known.includes(key)) continue;
    if (isNumbers(value) || value instanceof HandleColumn) {
      rows.push(cells.row(column));
    }
    if (isNumbers(value)) continue;
    if (value instanceof HandleColumn) watchHandles(cells, value, column);
    else if (value instanceof ListLinks) watchList(cells, value, column);
    else if (!(value instanceof RbLinks)) {
      throw new Bug(`${column} is not watched`);
    }
  }
  return rows;
}

/** Watches the arrays of numbers of an object, and those of links in it; those that are watched already stay so. */
function watchNumbers(cells: Cells, owner: object, name: string): void {
  for (const [key, value] of Object.entries(owner)) {
    if (value instanceof RbLinks) watchNumbers(cells, value, `${name}.${key}`);
    // What is watched is no view any more, though of the same class.
    if (!isNumbers(value) || !ArrayBuffer.isView(value)) continue;
    const row = cells.row(`${name}.${key}`);
    Reflect.set(owner, key, watchedNumbers(value, row));
  }
}

function isNumbers(value: unknown): value is ColumnArray {
  return value instanceof Uint8Array || value instanceof Int32Array ||
    value instanceof Uint32Array || value instanceof Float64Array;
}

function watchHandles<H extends number>(
  cells: Cells,
  column: HandleColumn<H>,
  name: string,
): void {
  const row = cells.row(name);
  const get = column.get.bind(column);
  const set = column.set.bind(column);
  column.get = (index) => {
    row.read(index);
    return get(index);
  };
  column.set = (index, handle) => {
    row.write(index);
    set(index, handle);
  };
}

function watchList<H extends number>(
  cells: Cells,
  list: ListLinks<H>,
  name: string,
): void {
  const nexts = cells.row(`${name}.next`);
  const previouses = cells.row(`${name}.previous`);
  const next = list.next.bind(list);
  const previous = list.previous.bind(list);
  const writeBetween = (before: H | 0, entry: H, after: H | 0) => {
    nexts.write(before);
    previouses.write(entry);
    nexts.write(entry);
    previouses.write(after);
  };
  noteCalls(list, "next", (entry: H | 0) => nexts.read(entry));
  noteCalls(list, "previous", (entry: H | 0) => previouses.read(entry));
  noteGets(list, "empty", () => nexts.read(0));
  noteCalls(
    list,
    "insertBefore",
    (entry: H, place: H | 0) => writeBetween(previous(place), entry, place),
  );
  noteCalls(
    list,
    "remove",
    (entry: H) => writeBetween(previous(entry), entry, next(entry)),
  );
}

/** Watches what a tree has besides its links, which belong to an arena. */
export function watchTree<H extends number>(
  cells: Cells,
  tree: RbTree<H>,
  name: string,
): void {
  const { log } = cells;
  const root = cells.one(`${name}.root`);
  const size = cells.one(`${name}.size`);
  const rootNow = () => quietly(log, () => tree.root);
  noteGets(tree, "root", () => log.read(root));
  noteGets(tree, "size", () => log.read(size));
  noteCalls(tree, "first", () => log.read(root));
  noteCalls(tree, "height", () => log.read(root));
  const watchChange = (method: string) =>
    replaceCalls(tree, method, (call) => {
      const before = rootNow();
      const result = call();
      if (rootNow() === before) log.read(root);
      else log.write(root);
      log.write(size);
      return result;
    });
  for (const method of ["insert", "erase", "replace", "clear"]) {
    watchChange(method);
  }
}
