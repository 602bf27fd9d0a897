/**
 * How the dashboard's state answers messages. Nothing here reads a clock or
 * moves the source: the state says what is to be done ({@linkcode workOf}), and
 * what came of it arrives as a message.
 *
 * @module
 */
import { type History, historyUpTo, withReading } from "../observe/history.ts";
import type { KnobAnswer } from "../observe/rewind.ts";
import type { Snapshot } from "../observe/snapshot.ts";
import type { Area, Size } from "../tui/mod.ts";
import { keptChoice } from "./choice.ts";
import type { Details } from "./details.ts";
import { keptOnMap, type MapMove } from "./map_cursor.ts";
import { depart, freeze, pause, step } from "./motion.ts";
import {
  back,
  choose,
  click,
  focus,
  focusNext,
  go,
  scroll,
  zoom,
} from "./moves.ts";
import { pacedBy, type Stretch } from "./pace.ts";
import type { PanelName } from "./panels.ts";
import {
  acted,
  afterWrite,
  type Dialog,
  type DialogAction,
  toggled,
} from "./dialogs.ts";
import { sortedBy, sortedByNext, sortedReverse } from "./sorting.ts";
import { faster, slower } from "./speed.ts";
import {
  type DashboardState,
  initialState,
  type KeyStride,
  type PanelRows,
  type PanelTitles,
  type Sight,
} from "./state.ts";
import { nextTheme, THEME_WORDS } from "./theme.ts";
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
  /** Something is to lie over the panels, or to go. */
  | { readonly kind: "toggle"; readonly dialog: Dialog["kind"] }
  /** The user has done something in what lies over the panels. */
  | { readonly kind: "dialog"; readonly action: DialogAction }
  /** Rows are to be sorted by the next column, or the other way round. */
  | { readonly kind: "sort"; readonly how: "next" | "reverse" }
  /** The rows of a panel are to be sorted by a column. */
  | {
    readonly kind: "sort-by";
    readonly panel: PanelName;
    readonly title: string;
  }
  /** A panel was clicked on, and which of its rows. */
  | {
    readonly kind: "click";
    readonly panel: PanelName;
    readonly row: number | undefined;
  }
  /** The list of a panel is to scroll. */
  | { readonly kind: "scroll"; readonly panel: PanelName; readonly by: number }
  /** All is to look another way. */
  | { readonly kind: "theme" }
  /** A write to a knob is done. */
  | {
    readonly kind: "written";
    readonly knob: string;
    readonly text: string;
    readonly answer: KnobAnswer;
  }
  /** Another workload has begun. */
  | Opened
  /** It cannot go on: what was shown before does. */
  | {
    readonly kind: "resumed";
    readonly state: DashboardState;
    readonly text: string;
  }
  /** What was asked of the world outside is done, or cannot be. */
  | { readonly kind: "answer"; readonly text: string }
  /** A panel is to have the focus. */
  | { readonly kind: "focus"; readonly panel: PanelName }
  /** The panel with the focus is to have the whole screen. */
  | { readonly kind: "detail" }
  /** A panel is to have the whole screen, or to give it back. */
  | { readonly kind: "zoom"; readonly panel: PanelName }
  /** The focus is to go to the next panel, or to the one before. */
  | { readonly kind: "focus-next"; readonly by: 1 | -1 }
  /** A row so many further down is to be chosen in the zoomed panel; where none is zoomed, the one with the focus is to scroll. */
  | { readonly kind: "choose"; readonly by: number }
  /** The user goes about the zoomed page map. */
  | { readonly kind: "map"; readonly move: MapMove }
  /** What is on the screen has other sizes. */
  | Sized
  /** What lies over the panels is to go; where nothing does, the zoom. */
  | { readonly kind: "back" }
  /** The user has to know something. */
  | { readonly kind: "notice"; readonly text: string }
  /** The user leaves. */
  | { readonly kind: "quit" };

/** The screen has a new size, or something on it has. */
export interface Sized {
  /** Tells it from other messages. */
  readonly kind: "sized";
  /** The screen. */
  readonly screen: Size;
  /** Rows for the lists of the panels on it; as they were when missing. */
  readonly panelRows?: PanelRows;
  /** Titles that are seen over these lists; as they were when missing. */
  readonly panelTitles?: PanelTitles;
  /** The help; missing where it is closed. */
  readonly help?: Area | undefined;
}

/** Another workload has begun. */
export interface Opened {
  /** Tells it from other messages. */
  readonly kind: "opened";
  /** What is to be seen of it. */
  readonly snapshot: Snapshot;
  /** Where that is in its past; missing where it has none. */
  readonly moment: Moment | undefined;
  /** What to watch in it. */
  readonly caption: string | undefined;
}

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
  /** How far virtual time has got in this frame; missing where it did not go on by itself. */
  readonly pace?: Stretch | undefined;
}

/** All that is known: what comes after the end of a source's past is forgotten once the past ends there. What is seen of a session for the first time is news. */
function known(state: DashboardState, { snapshot, moment }: Seen): History {
  const { timeMillis } = snapshot;
  const isPast = moment?.atEnd === false;
  const newest = state.known.millis.at(-1) ?? -1;
  if (isPast && timeMillis <= newest) return state.known;
  const before = isPast ? state.known : historyUpTo(state.known, timeMillis);
  return withReading(before, snapshot);
}

function seen(state: DashboardState, message: Seen): DashboardState {
  const { snapshot, moment, stepped, ended, defect, notice, pace } = message;
  const all = known(state, message);
  const history = historyUpTo(all, snapshot.timeMillis);
  const sight: Sight = { snapshot, history, moment };
  const isFrozen = state.behind !== undefined;
  const shown = isFrozen ? { behind: sight } : sight;
  const { timeMillis } = snapshot;
  const seenMillis = moment?.atEnd === false
    ? Math.max(state.seenMillis, timeMillis)
    : timeMillis;
  const after = { ...state, ...shown };
  const map = state.zoomed === "map" ? keptOnMap(state, after) : {};
  return {
    ...after,
    ...map,
    seenMillis,
    chosen: keptChoice(state, after),
    known: all,
    stepping: stepped || ended ? undefined : state.stepping,
    travelling: stepped ? undefined : state.travelling,
    ended,
    defect,
    pace: ended ? undefined : pace && pacedBy(state.pace, pace, state.speed),
    notice: notice ?? state.notice,
  };
}

/** A frozen picture is of a moment that is over; who asks what was not asked then gets to know how it is now. */
function answered(state: DashboardState, details: Details): DashboardState {
  const { behind, snapshot } = state;
  const { page, sharing, trees } = details;
  const isLater = behind !== undefined && behind.snapshot !== snapshot;
  const asks = page !== undefined || sharing !== undefined ||
    trees !== undefined;
  const notice = isLater && asks
    ? "The picture is frozen; the details are of now"
    : state.notice;
  return { ...state, details, notice };
}

function themed(state: DashboardState): DashboardState {
  const theme = nextTheme(state.theme);
  return { ...state, theme, notice: `Theme ${theme}: ${THEME_WORDS[theme]}` };
}

/** Another workload begins; how fast time goes and how all looks stays. */
function begun(state: DashboardState, message: Opened): DashboardState {
  const { speed, theme, workloads } = state;
  const { snapshot, caption, moment } = message;
  const options = { speed, caption, theme, workloads };
  return { ...initialState(snapshot, options, moment), screen: state.screen };
}

/** What was shown before another workload goes on, as everything looks now. */
function resumed(
  { screen, theme, speed }: DashboardState,
  before: DashboardState,
  notice: string,
): DashboardState {
  const look = { screen, theme, speed, request: undefined };
  return { ...before, ...look, dialog: undefined, notice };
}

/** Messages that come from the user. */
type UserMessage = Exclude<
  Message,
  Seen | Opened | Sized | { readonly kind: Told }
>;

/** Kinds of messages that come from elsewhere. */
type Told =
  | "tick"
  | "notice"
  | "answered"
  | "written"
  | "resumed"
  | "answer";

/** The state after what a key or the mouse asks for. */
function pressed(state: DashboardState, message: UserMessage): DashboardState {
  switch (message.kind) {
    case "pause":
      return pause(state);
    case "step":
      return step(state, message.stride);
    case "travel":
      return depart(state, message.to);
    case "freeze":
      return freeze(state);
    case "focus":
      return focus(state, message.panel);
    case "focus-next":
      return focusNext(state, message.by);
    case "detail":
      return state.focused === undefined || state.zoomed !== undefined
        ? state
        : zoom(state, state.focused);
    case "faster":
      return { ...state, speed: faster(state.speed) };
    case "slower":
      return { ...state, speed: slower(state.speed) };
    case "toggle":
      return toggled(state, message.dialog);
    case "dialog":
      return acted(state, message.action);
    case "sort":
      return message.how === "next"
        ? sortedByNext(state)
        : sortedReverse(state);
    case "sort-by":
      return sortedBy(state, message.panel, message.title);
    case "click":
      return click(state, message.panel, message.row);
    case "scroll":
      return scroll(state, message.panel, message.by);
    case "theme":
      return themed(state);
    case "back":
      return back(state);
    case "zoom":
      return zoom(state, message.panel);
    case "choose":
      return choose(state, message.by);
    case "map":
      return go(state, message.move);
    case "quit":
      return { ...state, left: true };
  }
}

/** The state after a message of the user: what was to be known once is known. */
function used(state: DashboardState, message: UserMessage): DashboardState {
  const { clicked } = state;
  const known = {
    ...state,
    notice: undefined,
    hints: false,
    clicked: undefined,
  };
  return pressed(
    message.kind === "click" ? { ...known, clicked } : known,
    message,
  );
}

function sized(
  state: DashboardState,
  { screen, help, panelRows, panelTitles }: Sized,
): DashboardState {
  return {
    ...state,
    screen,
    helpArea: help,
    panelRows: panelRows ?? state.panelRows,
    panelTitles: panelTitles ?? state.panelTitles,
  };
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
      return answered(state, message.details);
    case "sized":
      return sized(state, message);
    case "written":
      return afterWrite(state, message.knob, message.text, message.answer);
    case "opened":
      return begun(state, message);
    case "resumed":
      return resumed(state, message.state, message.text);
    case "answer":
      return { ...state, request: undefined, notice: message.text };
    default:
      return used(state, message);
  }
}
