/**
 * Which panels are on the screen, and how many rows each of them has.
 *
 * Below 40 columns or 10 rows there is one line. From there on MEMORY and KSMD
 * are always there. What the remaining rows do not suffice for is dropped, the
 * last of these first:
 *
 * | 72 columns or more (two columns of panels) | fewer (one column) |
 * | --- | --- |
 * | TREES and EVENTS, beside MEMORY and KSMD | the rest of KSMD |
 * | PAGE MAP | PAGE MAP |
 * | the rest of KSMD | one line of LOCKS |
 * | LOCKS | EVENTS |
 * | the caption | TREES, without graph |
 * | PROCESSES, below KSMD | more of LOCKS |
 * | the sum of MEMORY, and a higher graph | the caption |
 * | ACTORS, between KSMD and PROCESSES | PROCESSES |
 * | | ACTORS |
 *
 * What is left over lets PAGE MAP, LOCKS and ACTORS grow, and after them the
 * tables and EVENTS. A panel that is there takes a heading row besides those
 * counted here. LOCKS is as high as the lines of lock_stat ask for, however
 * many locks are contended, so that it stays as high while a machine runs.
 *
 * @module
 */
import type { Size } from "../tui/mod.ts";

/** Rows of the panels; 0 is not there. */
export interface Rows {
  /** The caption, without heading. */
  readonly caption: number;
  /** MEMORY, and TREES where they stand side by side. */
  readonly memory: number;
  /** TREES below MEMORY. */
  readonly trees: number;
  /** PAGE MAP. */
  readonly map: number;
  /** LOCKS; a single one is the sum of them all. */
  readonly locks: number;
  /** KSMD. */
  readonly ksmd: number;
  /** ACTORS. */
  readonly actors: number;
  /** PROCESSES. */
  readonly processes: number;
  /** EVENTS. */
  readonly events: number;
}

/** Where everything goes. */
export type Plan =
  /** A single line. */
  | { readonly kind: "line" }
  /** Panels in one column. */
  | { readonly kind: "narrow"; readonly rows: Rows }
  /** Panels in two columns; the left one has so many columns inside. */
  | { readonly kind: "wide"; readonly rows: Rows; readonly left: number };

/** What the plan depends on besides the size. */
export interface Content {
  /** Whether there is a caption. */
  readonly caption: boolean;
  /** Whether the source can see pages. */
  readonly map: boolean;
  /** Rows that the page map takes with one page a cell. */
  readonly mapRows: number;
  /** How many processes there are. */
  readonly processes: number;
  /** How many lines lock_stat has; 0 where locks cannot be seen. */
  readonly lockLines: number;
  /** How many actors there are; 0 where they cannot be seen. */
  readonly actors: number;
  /** How many NUMA nodes have trees of their own. */
  readonly nodes: number;
}

/** Columns that walls and the space beside them take. */
export const SIDES = 4;

/** The least size that has room for panels. */
const PANELS_MIN: Size = { columns: 40, rows: 10 };

/** Columns from which on panels stand side by side. */
const WIDE_COLUMNS = 72;

/** Columns of the left panels at least: a table of processes needs them. */
const LEFT_COLUMNS_MIN = 44;
const MEMORY_ROWS = 4;
const MEMORY_ROWS_TALL = 6;
const TALL_SCREEN_ROWS = 32;
const KSMD_ROWS = 3;
const NARROW_TREES_ROWS = 2;
const NARROW_TREES_ROWS_MAX = 5;
const LOCKS_ROWS_MIN = 2;
const LOCKS_ROWS_MAX = 10;
const ACTORS_ROWS_MIN = 3;
const ACTORS_ROWS_MAX = 12;
const EVENTS_ROWS_MIN = 3;
const PROCESSES_ROWS_MIN = 3;
/** Rows of headings: the top line and the bottom line. */
const FRAME_ROWS = 2;

/** Rows that have not been given to a panel yet. */
class FreeRows {
  constructor(public left: number) {}

  /** Takes rows if there are so many, else none. */
  claim(rows: number, wanted = true): number {
    if (!wanted || rows > this.left) return 0;
    this.left -= rows;
    return rows;
  }

  /** Takes as many of the wanted rows as there are. */
  upTo(wanted: number): number {
    return this.claim(Math.max(0, Math.min(wanted, this.left)));
  }
}

/** Rows of a panel with a heading, of what was claimed for both. */
function body(claimed: number): number {
  return Math.max(0, claimed - 1);
}

/** The further rows that a page map of one row gets of those left over. */
function mapGrowth(left: number, { mapRows, processes }: Content): number {
  const all = 1 + Math.min(mapRows - 1, Math.floor(left * 0.6));
  const even = processes > 0 && all > processes ? all % processes : 0;
  return Math.max(0, all - even - 1);
}

/** The further rows that LOCKS gets of those left over. */
function locksGrowth(
  locks: number,
  left: number,
  { lockLines }: Content,
): number {
  if (locks === 0) return 0;
  const all = Math.min(lockLines, LOCKS_ROWS_MAX);
  return Math.min(all - locks, Math.floor(left * 0.6));
}

/** The further rows that all processes take. */
function tableGrowth(table: number, { processes }: Content): number {
  return table === 0 ? 0 : Math.max(0, 1 + processes - table);
}

/** The further rows that all actors take, or as many of them as there may be. */
function actorsGrowth(list: number, { actors }: Content): number {
  return list === 0 ? 0 : 1 + Math.min(actors, ACTORS_ROWS_MAX) - list;
}

/** Rows that ACTORS takes at least, with its heading and the titles of its columns. */
function actorsClaim({ actors }: Content): number {
  return 2 + Math.min(actors, ACTORS_ROWS_MIN);
}

function wideRows(rows: number, content: Content): Rows {
  const { lockLines } = content;
  const free = new FreeRows(rows - FRAME_ROWS);
  const memory = body(free.claim(1 + MEMORY_ROWS));
  const below = free.claim(2);
  const map = body(free.claim(2, content.map));
  const more = free.upTo(KSMD_ROWS - body(below));
  const least = Math.min(lockLines, LOCKS_ROWS_MIN);
  const locks = body(free.claim(1 + least, lockLines > 0));
  const caption = free.claim(1, content.caption);
  const table = body(free.claim(1 + PROCESSES_ROWS_MIN));
  const sum = rows >= TALL_SCREEN_ROWS
    ? free.claim(MEMORY_ROWS_TALL - MEMORY_ROWS)
    : 0;
  const actors = body(
    free.claim(actorsClaim(content), table > 0 && content.actors > 0),
  );
  const mapMore = map === 0 ? 0 : free.upTo(mapGrowth(free.left, content));
  const locksMore = free.upTo(locksGrowth(locks, free.left, content));
  const half = Math.floor(free.left / 2);
  const tableMore = free.upTo(Math.min(tableGrowth(table, content), half));
  const list = actors + free.upTo(actorsGrowth(actors, content));
  const ksmd = body(below) + more;
  const rest = tableMore + free.upTo(free.left);
  return {
    caption,
    memory: memory + sum,
    trees: 0,
    map: map + mapMore,
    locks: locks + locksMore,
    ksmd: table > 0 ? ksmd : ksmd + rest,
    actors: list,
    processes: table > 0 ? table + rest : 0,
    events: ksmd + rest + withHeading(list) + withHeading(table),
  };
}

/** Rows of a panel and of its heading. */
function withHeading(rows: number): number {
  return rows > 0 ? 1 + rows : 0;
}

/** Rows of TREES: a line a tree, or, under a line of titles, a line a node. */
function narrowTreesRows({ nodes }: Content): number {
  return nodes > 1
    ? Math.min(1 + nodes, NARROW_TREES_ROWS_MAX)
    : NARROW_TREES_ROWS;
}

function narrowRows(rows: number, content: Content): Rows {
  const { lockLines } = content;
  const free = new FreeRows(rows - FRAME_ROWS);
  const memory = body(free.claim(1 + MEMORY_ROWS));
  const ksmd = body(free.claim(2)) + free.upTo(KSMD_ROWS - 1);
  const map = body(free.claim(2, content.map));
  const line = body(free.claim(2, lockLines > 0));
  const events = body(free.claim(1 + EVENTS_ROWS_MIN));
  const trees = body(free.claim(1 + narrowTreesRows(content)));
  const locks = line +
    free.upTo(line * Math.min(LOCKS_ROWS_MIN, lockLines - 1));
  const caption = free.claim(1, content.caption);
  const table = body(free.claim(1 + PROCESSES_ROWS_MIN));
  const actors = body(
    free.claim(actorsClaim(content), table > 0 && content.actors > 0),
  );
  const mapMore = map === 0 ? 0 : free.upTo(mapGrowth(free.left, content));
  const locksMore = free.upTo(locksGrowth(locks, free.left, content));
  const half = Math.floor(free.left / 2);
  const tableMore = free.upTo(Math.min(tableGrowth(table, content), half));
  const list = actors + free.upTo(actorsGrowth(actors, content));
  const processes = table + tableMore +
    free.upTo(tableGrowth(table, content) - tableMore);
  const rest = free.upTo(free.left);
  const gets = events > 0 ? "events" : "ksmd";
  return {
    caption,
    memory,
    trees,
    map: map + mapMore,
    locks: locks + locksMore,
    ksmd: gets === "ksmd" ? ksmd + rest : ksmd,
    actors: list,
    processes,
    events: gets === "events" ? events + rest : events,
  };
}

/** The plan for a screen. */
export function planFor({ columns, rows }: Size, content: Content): Plan {
  if (columns < PANELS_MIN.columns || rows < PANELS_MIN.rows) {
    return { kind: "line" };
  }
  if (columns < WIDE_COLUMNS) {
    return { kind: "narrow", rows: narrowRows(rows, content) };
  }
  const left = Math.max(LEFT_COLUMNS_MIN, Math.floor(columns * 0.48));
  return { kind: "wide", rows: wideRows(rows, content), left };
}
