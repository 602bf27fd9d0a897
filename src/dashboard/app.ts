/**
 * The dashboard as an app of the toolkit: state, keys, view, and the edge.
 *
 * @module
 */
import type { Source } from "../observe/snapshot.ts";
import type { App, AppEvent, Hit, MouseHitEvent } from "../tui/mod.ts";
import { ROWS } from "./choice.ts";
import { Inquiry } from "./details.ts";
import { keysOf } from "./keys.ts";
import { Live } from "./live.ts";
import { isPanel } from "./panels.ts";
import {
  type DashboardState,
  initialState,
  type StartOptions,
  workOf,
} from "./state.ts";
import { momentOf } from "./travel.ts";
import { type Message, type Seen, update } from "./update.ts";
import { Dashboard, SCREEN } from "./views/dashboard.tsx";
import { MAP_CELLS } from "./views/page_map_detail.tsx";

/** Milliseconds between two frames while the machine runs: 20 frames a second. */
const TICK_MILLIS = 50;

/** The dashboard over a source. `now` is a clock of milliseconds that never goes back. */
export function dashboardApp(
  source: Source,
  options: StartOptions,
  now: () => number,
): App<DashboardState, Message> {
  const live = new Live(source, now);
  const inquiry = new Inquiry(source, now);
  return {
    init: initialState(live.snapshot, options, momentOf(source)),
    update,
    view: (state, screen) => Dashboard({ state, screen }),
    keys: keysOf,
    ended: (state) => state.left,
    focused: (state) => state.focused,
    tick: { millis: TICK_MILLIS, message: { kind: "tick" } },
    on: messageOf,
    perform: (message, state, send) => {
      const seen = worked(live, message, state);
      if (seen !== undefined) return send(seen);
      const details = inquiry.ask(state);
      if (details !== undefined) send({ kind: "answered", details });
    },
  };
}

/** What comes of work that a message leads to; nothing where it leads to none. */
function worked(
  live: Live,
  message: Message,
  state: DashboardState,
): Seen | undefined {
  const work = workOf(state);
  switch (message.kind) {
    case "tick":
      return live.frame(work);
    case "step":
      return work?.kind === "step" ? live.step(work.stride) : undefined;
    case "travel":
      return work?.kind === "travel" ? live.travel(work.to) : undefined;
    default:
      return undefined;
  }
}

/** What a click chooses: a cell of the page map, or a row of a table. */
function clickMessage(hits: readonly Hit[]): Message | undefined {
  for (const { id, part, column, row } of hits) {
    if (id === MAP_CELLS) {
      return { kind: "map", move: { kind: "point", column, row } };
    }
    if (id === ROWS && part?.kind === "row") {
      return { kind: "row", index: part.index };
    }
  }
  return undefined;
}

/** What the mouse does in a zoomed panel: a click chooses, and the wheel goes up and down. */
function mouseMessage(
  { action, button, hits }: MouseHitEvent,
  { zoomed }: DashboardState,
): Message | undefined {
  if (zoomed === undefined) return undefined;
  switch (action) {
    case "press":
      return button === "left" ? clickMessage(hits) : undefined;
    case "wheel-up":
      return zoomed === "map"
        ? { kind: "map", move: { kind: "go", to: "up" } }
        : { kind: "choose", by: -1 };
    case "wheel-down":
      return zoomed === "map"
        ? { kind: "map", move: { kind: "go", to: "down" } }
        : { kind: "choose", by: 1 };
    case "release":
      return undefined;
  }
}

function messageOf(
  event: AppEvent,
  state: DashboardState,
): Message | undefined {
  switch (event.kind) {
    case "mouse":
      return mouseMessage(event, state);
    case "layout": {
      const screen = event.areas.get(SCREEN);
      return screen && { kind: "sized", screen };
    }
    case "suspend-denied":
      return { kind: "notice", text: "Ctrl-Z needs --allow-run" };
    case "focus":
      return isPanel(event.id) ? { kind: "focus", panel: event.id } : undefined;
    default:
      return undefined;
  }
}
