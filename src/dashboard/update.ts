/**
 * How the dashboard's state answers messages. Nothing here reads a clock or
 * moves the source: the state says what is to be done ({@linkcode workOf}), and
 * what came of it arrives as a message.
 *
 * @module
 */
import { type History, historyUpTo, withReading } from "../observe/history.ts";
import type { Snapshot } from "../observe/snapshot.ts";
import { chosenRow, rowAt } from "./choice.ts";
import type { Size } from "../tui/mod.ts";
import type { Details } from "./details.ts";
import { enteredMap, type MapMove, movedOnMap } from "./map_cursor.ts";
import type { PanelName } from "./panels.ts";
import { faster, slower } from "./speed.ts";
import type { DashboardState, KeyStride, Sight } from "./state.ts";
import type { Moment, Travel } from "./travel.ts";

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
  /** The user goes through the past. */
  | { readonly kind: "travel"; readonly to: Travel }
  /** The picture is to stay as it is while the machine goes on, or to follow again. */
  | { readonly kind: "freeze" }
  /** The source has answered. */
  | { readonly kind: "answered"; readonly details: Details }
  /** Virtual time is to go twice as fast. */
  | { readonly kind: "faster" }
  /** Virtual time is to go half as fast. */
  | { readonly kind: "slower" }
  /** The help is to open, or to close. */
  | { readonly kind: "help" }
  /** A panel is to have the focus. */
  | { readonly kind: "focus"; readonly panel: PanelName }
  /** The panel with the focus is to have the whole screen. */
  | { readonly kind: "detail" }
  /** A panel is to have the whole screen, or to give it back. */
  | { readonly kind: "zoom"; readonly panel: PanelName }
  /** A row so many further down is to be chosen in the zoomed panel. */
  | { readonly kind: "choose"; readonly by: number }
  /** A row of the zoomed panel is to be chosen. */
  | { readonly kind: "row"; readonly index: number }
  /** The user goes about the zoomed page map. */
  | { readonly kind: "map"; readonly move: MapMove }
  /** The screen has a new size. */
  | { readonly kind: "sized"; readonly screen: Size }
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
  /** Where that is in the source's past; missing where it has none. */
  readonly moment?: Moment | undefined;
  /** Whether the stride or the journey that was asked for is done. */
  readonly stepped: boolean;
  /** Something that the user has to know of it. */
  readonly notice?: string | undefined;
  /** Whether the workload has ended. */
  readonly ended: boolean;
  /** The defect of the kernel that has ended it, in words; missing where none has. */
  readonly defect: string | undefined;
}

/** All that is known: what comes after the end of a source's past is forgotten once the past ends there. */
function known(state: DashboardState, { snapshot, moment }: Seen): History {
  if (moment?.atEnd === false) return state.known;
  const before = historyUpTo(state.known, snapshot.timeMillis);
  return withReading(before, snapshot);
}

function seen(state: DashboardState, message: Seen): DashboardState {
  const { snapshot, moment, stepped, ended, defect, notice } = message;
  const all = known(state, message);
  const history = historyUpTo(all, snapshot.timeMillis);
  const sight: Sight = { snapshot, history, moment };
  const isFrozen = state.behind !== undefined;
  return {
    ...state,
    ...(isFrozen ? { behind: sight } : sight),
    known: all,
    stepping: stepped || ended ? undefined : state.stepping,
    travelling: stepped ? undefined : state.travelling,
    ended,
    defect,
    notice: notice ?? state.notice,
  };
}

/** While the picture is frozen, what there is to see gathers behind it. */
function freeze(state: DashboardState): DashboardState {
  const { behind, snapshot, history, moment } = state;
  if (behind !== undefined) return { ...state, ...behind, behind: undefined };
  return { ...state, behind: { snapshot, history, moment } };
}

/** Who travels sees where, and stops the machine. */
function depart(state: DashboardState, to: Travel): DashboardState {
  const seeing = state.behind === undefined ? state : freeze(state);
  return { ...seeing, playing: false, stepping: undefined, travelling: to };
}

/** A pause also calls off a stride that is under way. */
function pause(state: DashboardState): DashboardState {
  return state.stepping === undefined && state.travelling === undefined
    ? { ...state, playing: !state.playing }
    : { ...state, stepping: undefined, travelling: undefined };
}

function zoom(state: DashboardState, panel: PanelName): DashboardState {
  const zoomed = state.zoomed === panel ? undefined : panel;
  const focused = panel;
  const map = zoomed === "map" ? enteredMap(state) : {};
  return { ...state, ...map, zoomed, focused, chosen: undefined, help: false };
}

/** The focus goes along with the zoom. */
function focus(state: DashboardState, panel: PanelName): DashboardState {
  return state.zoomed === undefined || state.zoomed === panel
    ? { ...state, focused: panel }
    : zoom(state, panel);
}

function choose(state: DashboardState, by: number): DashboardState {
  return { ...state, chosen: rowAt(state, chosenRow(state) + by) };
}

/** A move on the page map is one only where it has the whole screen. */
function go(state: DashboardState, move: MapMove): DashboardState {
  return state.zoomed === "map"
    ? { ...state, ...movedOnMap(state, move) }
    : state;
}

function back(state: DashboardState): DashboardState {
  return state.help
    ? { ...state, help: false }
    : { ...state, zoomed: undefined, chosen: undefined };
}

/** The state after what a key asks for. */
function pressed(
  state: DashboardState,
  message: Exclude<
    Message,
    Seen | { readonly kind: "tick" | "notice" | "answered" | "sized" }
  >,
): DashboardState {
  switch (message.kind) {
    case "pause":
      return pause(state);
    case "step":
      return { ...state, playing: false, stepping: message.stride };
    case "travel":
      return depart(state, message.to);
    case "freeze":
      return freeze(state);
    case "focus":
      return focus(state, message.panel);
    case "detail":
      return state.focused === undefined || state.zoomed !== undefined
        ? state
        : zoom(state, state.focused);
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
    case "row":
      return { ...state, chosen: rowAt(state, message.index) };
    case "map":
      return go(state, message.move);
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
    case "answered":
      return { ...state, details: message.details };
    case "sized":
      return { ...state, screen: message.screen };
    default:
      return { ...pressed(state, message), notice: undefined };
  }
}
