/**
 * The dashboard as an app of the toolkit: state, keys, view, and the edge.
 *
 * @module
 */
import type { Source } from "../observe/snapshot.ts";
import type { App } from "../tui/mod.ts";
import { KEYS } from "./keys.ts";
import { Live } from "./live.ts";
import {
  type DashboardState,
  initialState,
  type StartOptions,
  workOf,
} from "./state.ts";
import { type Message, update } from "./update.ts";
import { Dashboard } from "./views/dashboard.tsx";

/** Milliseconds between two frames while the machine runs: 20 frames a second. */
const TICK_MILLIS = 50;

/** The dashboard over a source. `now` is a clock of milliseconds that never goes back. */
export function dashboardApp(
  source: Source,
  options: StartOptions,
  now: () => number,
): App<DashboardState, Message> {
  const live = new Live(source, now);
  return {
    init: initialState(live.snapshot, options),
    update,
    view: (state, screen) => Dashboard({ state, screen }),
    keys: () => KEYS,
    ended: (state) => state.left,
    tick: { millis: TICK_MILLIS, message: { kind: "tick" } },
    on: (event) =>
      event.kind === "suspend-denied"
        ? { kind: "notice", text: "Ctrl-Z needs --allow-run" }
        : undefined,
    perform: (message, state, send) => {
      if (message.kind !== "tick" && message.kind !== "step") return;
      const work = workOf(state);
      const seen = message.kind === "step" && work?.kind === "step"
        ? live.step(work.stride)
        : live.frame(work);
      if (seen !== undefined) send(seen);
    },
  };
}
