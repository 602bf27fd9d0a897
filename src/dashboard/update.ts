/**
 * How the dashboard's state answers messages. Nothing here reads a clock or
 * moves the source: the state says what is to be done ({@linkcode workOf}), and
 * what came of it arrives as a message.
 *
 * @module
 */
import { withReading } from "../observe/history.ts";
import type { Snapshot } from "../observe/snapshot.ts";
import { rowFrom, rowNames } from "./choice.ts";
import type { PanelName } from "./panels.ts";
import { faster, slower } from "./speed.ts";
import type { DashboardState, KeyStride } from "./state.ts";

/** What the dashboard can be told. */
export type Message =
  /** A frame's time has passed. */
  | { readonly kind: "tick" }
  /** The source has worked. */
  | Seen
  /** The machine is to pause, or to go on. */
  | { readonly kind: "pause" }
  /** The machine is to pause, and to go one stride. */
  | { readonly kind: "step"; readonly stride: KeyStride }
  /** Virtual time is to go twice as fast. */
  | { readonly kind: "faster" }
  /** Virtual time is to go half as fast. */
  | { readonly kind: "slower" }
  /** The help is to open, or to close. */
  | { readonly kind: "help" }
  /** A panel is to have the whole screen, or to give it back. */
  | { readonly kind: "zoom"; readonly panel: PanelName }
  /** A row so many further down is to be chosen in the zoomed panel. */
  | { readonly kind: "choose"; readonly by: number }
  /** What lies over the panels is to go; where nothing does, the zoom. */
  | { readonly kind: "back" }
  /** The user has to know something. */
  | { readonly kind: "notice"; readonly text: string }
  /** The user leaves. */
  | { readonly kind: "quit" };

/** What came of work on the source. */
export interface Seen {
  /** Tells it from other messages. */
  readonly kind: "seen";
  /** What is to be seen now. */
  readonly snapshot: Snapshot;
  /** Whether the stride that was asked for is done. */
  readonly stepped: boolean;
  /** Whether the workload has ended. */
  readonly ended: boolean;
  /** The defect of the kernel that has ended it, in words; missing where none has. */
  readonly defect: string | undefined;
}

function seen(state: DashboardState, message: Seen): DashboardState {
  const { snapshot, stepped, ended, defect } = message;
  return {
    ...state,
    snapshot,
    history: withReading(state.history, snapshot),
    stepping: stepped || ended ? undefined : state.stepping,
    ended,
    defect,
  };
}

/** A pause also calls off a stride that is under way. */
function pause(state: DashboardState): DashboardState {
  return state.stepping === undefined
    ? { ...state, playing: !state.playing }
    : { ...state, stepping: undefined };
}

function zoom(state: DashboardState, panel: PanelName): DashboardState {
  const zoomed = state.zoomed === panel ? undefined : panel;
  return { ...state, zoomed, chosen: undefined, help: false };
}

function choose(state: DashboardState, by: number): DashboardState {
  const names = rowNames(state.zoomed, state.snapshot);
  return { ...state, chosen: rowFrom(names, state.chosen, by) };
}

function back(state: DashboardState): DashboardState {
  return state.help
    ? { ...state, help: false }
    : { ...state, zoomed: undefined, chosen: undefined };
}

/** The state after what a key asks for. */
function pressed(
  state: DashboardState,
  message: Exclude<Message, Seen | { readonly kind: "tick" | "notice" }>,
): DashboardState {
  switch (message.kind) {
    case "pause":
      return pause(state);
    case "step":
      return { ...state, playing: false, stepping: message.stride };
    case "faster":
      return { ...state, speed: faster(state.speed) };
    case "slower":
      return { ...state, speed: slower(state.speed) };
    case "help":
      return { ...state, help: !state.help };
    case "back":
      return back(state);
    case "zoom":
      return zoom(state, message.panel);
    case "choose":
      return choose(state, message.by);
    case "quit":
      return { ...state, left: true };
  }
}

/** The state after a message. */
export function update(
  state: DashboardState,
  message: Message,
): DashboardState {
  switch (message.kind) {
    case "tick":
      return state;
    case "seen":
      return seen(state, message);
    case "notice":
      return { ...state, notice: message.text };
    default:
      return { ...pressed(state, message), notice: undefined };
  }
}
