/**
 * How a window over content that is larger answers its user. All that it
 * remembers is the first row seen.
 *
 * @module
 */
import type { MouseHitEvent } from "../app.ts";
import type { KeyMap } from "../key_map.ts";
import type { Area } from "../target.ts";
import { WHEEL_ROWS } from "./list_window.ts";

/** What can be done with a window. */
export type ScrollAction =
  /** Moves it so many rows further down. */
  | { readonly kind: "scroll"; readonly by: number }
  /** Moves it so many times its own height further down; one row stays in sight. */
  | { readonly kind: "page"; readonly by: number }
  /** Moves it to the start or to the end. */
  | { readonly kind: "edge"; readonly to: "first" | "last" };

/** The first row seen after an action; the area is the one that an event of kind `layout` tells of. */
export function updateScroll(
  offset: number,
  action: ScrollAction,
  { rows, contentRows }: Pick<Area, "rows" | "contentRows">,
): number {
  const most = Math.max(0, contentRows - rows);
  const bounded = (to: number) => Math.max(0, Math.min(to, most));
  const from = bounded(offset);
  switch (action.kind) {
    case "scroll":
      return bounded(from + action.by);
    case "page":
      return bounded(from + action.by * Math.max(1, rows - 1));
    case "edge":
      return action.to === "first" ? 0 : most;
  }
}

/** The keys of a window, for a key map. */
export function scrollKeys<Message>(
  message: (action: ScrollAction) => Message,
): KeyMap<Message> {
  return [
    {
      keys: ["up", "k"],
      does: "scrolls up",
      message: message({ kind: "scroll", by: -1 }),
    },
    {
      keys: ["down", "j"],
      does: "scrolls down",
      message: message({ kind: "scroll", by: 1 }),
    },
    {
      keys: ["pageup"],
      does: "scrolls up by a page",
      message: message({ kind: "page", by: -1 }),
    },
    {
      keys: ["pagedown"],
      does: "scrolls down by a page",
      message: message({ kind: "page", by: 1 }),
    },
    {
      keys: ["home"],
      does: "scrolls to the start",
      message: message({ kind: "edge", to: "first" }),
    },
    {
      keys: ["end"],
      does: "scrolls to the end",
      message: message({ kind: "edge", to: "last" }),
    },
  ];
}

/** What the wheel does to the window with that id. */
export function scrollMouse(
  event: MouseHitEvent,
  id: string,
): ScrollAction | undefined {
  if (!event.hits.some((hit) => hit.id === id)) return undefined;
  switch (event.action) {
    case "wheel-up":
      return { kind: "scroll", by: -WHEEL_ROWS };
    case "wheel-down":
      return { kind: "scroll", by: WHEEL_ROWS };
    default:
      return undefined;
  }
}
