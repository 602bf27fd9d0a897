/**
 * Which rows of a list are seen, and which one is chosen: what tables and trees
 * have in common.
 *
 * @module
 */
import type { MouseHitEvent } from "../app.ts";
import type { KeyMap } from "../key_map.ts";

/** The chosen row of a list, and the first one that is seen. */
export interface ListWindow {
  /** Index of the chosen row; missing where none is. */
  readonly selected: number | undefined;
  /** Index of the first row that is seen. */
  readonly offset: number;
}

/** What can be done with a list. */
export type ListAction =
  /** Chooses the row so many further down. */
  | { readonly kind: "move"; readonly by: number }
  /** Chooses the row so many windows further down. */
  | { readonly kind: "page"; readonly by: number }
  /** Chooses the first or the last row. */
  | { readonly kind: "edge"; readonly to: "first" | "last" }
  /** Chooses a row by its index. */
  | { readonly kind: "choose"; readonly index: number }
  /** Lets other rows be seen, and leaves the choice where it is. */
  | { readonly kind: "scroll"; readonly by: number };

/** Rows that one step of the wheel moves. */
export const WHEEL_ROWS = 3;

/** Rows of a list that are seen at a time: where not all fit, one line says how many more there are. */
export function windowLength(count: number, room: number): number {
  return count <= room ? count : Math.max(0, room - 1);
}

/** An offset within its bounds. */
export function clampedOffset(
  offset: number,
  count: number,
  room: number,
): number {
  const most = count - windowLength(count, room);
  return Math.max(0, Math.min(offset, most));
}

/** The offset nearest to another one at which a row is seen. */
export function revealingOffset(
  offset: number,
  selected: number,
  count: number,
  room: number,
): number {
  const length = Math.max(1, windowLength(count, room));
  const near = Math.max(selected - length + 1, Math.min(offset, selected));
  return clampedOffset(near, count, room);
}

/** The index of the row that an action chooses. */
function chosen(
  selected: number | undefined,
  action: Exclude<ListAction, { readonly kind: "scroll" }>,
  length: number,
  count: number,
): number {
  switch (action.kind) {
    case "choose":
      return action.index;
    case "edge":
      return action.to === "first" ? 0 : count - 1;
    case "move":
    case "page": {
      const rows = action.kind === "page" ? Math.max(1, length - 1) : 1;
      const down = action.by * rows;
      if (selected !== undefined) return selected + down;
      return down < 0 ? count - 1 : 0;
    }
  }
}

/** A list of `count` rows, shown in `room` rows, after an action. Without rows nothing is chosen. */
export function updateWindow(
  window: ListWindow,
  action: ListAction,
  count: number,
  room: number,
): ListWindow {
  const { selected, offset } = window;
  if (count === 0) return { selected: undefined, offset: 0 };
  if (action.kind === "scroll") {
    return { selected, offset: clampedOffset(offset + action.by, count, room) };
  }
  const length = windowLength(count, room);
  const wanted = chosen(selected, action, length, count);
  const index = Math.max(0, Math.min(wanted, count - 1));
  return {
    selected: index,
    offset: revealingOffset(offset, index, count, room),
  };
}

/** How many rows are not seen, in words; where they are, if there is room to say so. */
export function moreText(before: number, after: number, room: number): string {
  const all = `+${before + after} more`;
  if (before === 0) return all;
  const where = after === 0
    ? `+${before} above`
    : `+${before} above, +${after} more`;
  return where.length <= room ? where : all;
}

/** The keys of a list, for a key map. */
export function listKeys<Message>(
  message: (action: ListAction) => Message,
): KeyMap<Message> {
  return [
    {
      keys: ["up", "k"],
      does: "moves up",
      message: message({ kind: "move", by: -1 }),
    },
    {
      keys: ["down", "j"],
      does: "moves down",
      message: message({ kind: "move", by: 1 }),
    },
    {
      keys: ["pageup"],
      does: "moves up by a page",
      message: message({ kind: "page", by: -1 }),
    },
    {
      keys: ["pagedown"],
      does: "moves down by a page",
      message: message({ kind: "page", by: 1 }),
    },
    {
      keys: ["home"],
      does: "moves to the start",
      message: message({ kind: "edge", to: "first" }),
    },
    {
      keys: ["end"],
      does: "moves to the end",
      message: message({ kind: "edge", to: "last" }),
    },
  ];
}

/** What the mouse does to the list with that id: a click chooses a row, the wheel scrolls. */
export function listMouse(
  event: MouseHitEvent,
  id: string,
): ListAction | undefined {
  const hit = event.hits.find((one) => one.id === id);
  if (hit === undefined) return undefined;
  switch (event.action) {
    case "wheel-up":
      return { kind: "scroll", by: -WHEEL_ROWS };
    case "wheel-down":
      return { kind: "scroll", by: WHEEL_ROWS };
    case "press":
      return event.button === "left" && hit.part?.kind === "row"
        ? { kind: "choose", index: hit.part.index }
        : undefined;
    case "release":
      return undefined;
  }
}
