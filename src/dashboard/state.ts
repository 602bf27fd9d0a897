/**
 * What the dashboard knows: plain data, from which alone the view is made.
 *
 * @module
 */
import {
  emptyHistory,
  type History,
  historyUpTo,
  withReading,
} from "../observe/history.ts";
import type { DetailQuestions } from "../observe/detail.ts";
import type { Snapshot, Stride } from "../observe/snapshot.ts";
import type { Area, Size } from "../tui/mod.ts";
import type { Details } from "./details.ts";
import type { Dialog, Request } from "./dialogs.ts";
import type { Pace } from "./pace.ts";
import type { PanelName } from "./panels.ts";
import type { Filters, Sorts } from "./rows.ts";
import type { ThemeName } from "./theme_names.ts";
import type { Moment, Travel } from "./travel.ts";

/** A stride that a key asks for. */
export type KeyStride = Exclude<Stride, "end">;

/** Readings that graphs keep: two a cell, on any screen that there is. */
const HISTORY_READINGS = 512;

/** What can be seen of the source at one moment. */
export interface Sight {
  /** What is to be seen. */
  readonly snapshot: Snapshot;
  /** What was to be seen before. */
  readonly history: History;
  /** Where that is in the source's past; missing where it has none. */
  readonly moment: Moment | undefined;
}

/** A page of the page map. */
export type PagePoint = DetailQuestions["page"];

/** The dashboard's state. */
export interface DashboardState extends Sight {
  /** All that is known of what was to be seen: where the user is in the past, of what came later, too. */
  readonly known: History;
  /** The latest moment that the user has seen, in milliseconds since the start: what comes before it is the past, also where the source knows a little more. */
  readonly seenMillis: number;
  /** What can be seen by now; missing unless the picture is frozen. */
  readonly behind: Sight | undefined;
  /** Answers to what the zoomed panel asks. */
  readonly details: Details;
  /** Whether virtual time goes on by itself. */
  readonly playing: boolean;
  /** A stride that was asked for and is not done yet; a full scan may take many frames. */
  readonly stepping: KeyStride | undefined;
  /** A journey through the past that is not over yet. */
  readonly travelling: Travel | undefined;
  /** Virtual milliseconds for each millisecond on the wall. */
  readonly speed: number;
  /** How much of that is reached; missing while time does not go on by itself. */
  readonly pace: Pace | undefined;
  /** Whether the workload has ended. */
  readonly ended: boolean;
  /** The defect of the kernel that has ended it, in words; missing where none has. */
  readonly defect: string | undefined;
  /** The panel that has the focus; missing before the first choice. */
  readonly focused: PanelName | undefined;
  /** The panel that has the whole screen; missing where all share it. */
  readonly zoomed: PanelName | undefined;
  /** The size of the screen. */
  readonly screen: Size;
  /** Rows that the panels on the screen have for their lists. */
  readonly panelRows: PanelRows;
  /** Titles that are seen over these lists: rows are sorted by no other, where it is known what is seen. */
  readonly panelTitles: PanelTitles;
  /** The page of the zoomed page map that the user looks at. */
  readonly mapCursor: PagePoint | undefined;
  /** Pages that a cell of the zoomed page map stands for; missing where it is as many as let all fit. */
  readonly mapScale: number | undefined;
  /** The first row of the zoomed page map that is seen. */
  readonly mapTop: number;
  /** Name of the row that the user has chosen in the zoomed panel; missing before the first choice. */
  readonly chosen: string | undefined;
  /** Which rows of panels are to be seen. */
  readonly filters: Filters;
  /** How rows of panels are sorted. */
  readonly sorts: Sorts;
  /** By how many rows the lists of panels among others are scrolled: down, of EVENTS up. */
  readonly scrolls: Scrolls;
  /** The panel on which the last click was, if nothing else was done since. */
  readonly clicked: PanelName | undefined;
  /** What lies over the panels. */
  readonly dialog: Dialog | undefined;
  /** What the user has asked of the world outside, and has not got yet. */
  readonly request: Request | undefined;
  /** The workloads that one can go on with. */
  readonly workloads: readonly WorkloadChoice[];
  /** The size of the help, and of what of it is seen; missing before it was. */
  readonly helpArea: Area | undefined;
  /** Whether nothing has been pressed yet, and the first keys are named. */
  readonly hints: boolean;
  /** How it all looks. */
  readonly theme: ThemeName;
  /** What to watch in this workload. */
  readonly caption: string | undefined;
  /** Something that the user has to know once; the next key takes it away. */
  readonly notice: string | undefined;
  /** Whether the user has asked to leave. */
  readonly left: boolean;
}

/** A workload that one can go on with. */
export interface WorkloadChoice {
  /** Its name. */
  readonly name: string;
  /** What to watch in it. */
  readonly title: string;
}

/** Rows that there are for the lists of panels; missing for panels that are not on the screen. */
export type PanelRows = { readonly [Panel in PanelName]?: number };

/** Titles that are seen over the lists of panels; missing where there are none. */
export type PanelTitles = {
  readonly [Panel in PanelName]?: readonly string[];
};

/** By how many rows panels are scrolled; not at all when missing. */
export type Scrolls = { readonly [Panel in PanelName]?: number };

/** What decides how the dashboard starts. */
export interface StartOptions {
  /** Virtual milliseconds for each millisecond on the wall. */
  readonly speed: number;
  /** What to watch in this workload. */
  readonly caption?: string | undefined;
  /** How it looks; in the terminal's own colours when missing. */
  readonly theme?: ThemeName | undefined;
  /** The workloads that one can go on with; none when missing. */
  readonly workloads?: readonly WorkloadChoice[] | undefined;
  /** Whether to name the first keys until one is pressed; false when missing. */
  readonly hints?: boolean | undefined;
}

/** The state at the start: playing, with the first snapshot. `known` is what graphs show where all is known before, as of a recording. */
export function initialState(
  snapshot: Snapshot,
  options: StartOptions,
  moment?: Moment,
  known: History = withReading(emptyHistory(HISTORY_READINGS), snapshot),
): DashboardState {
  const { speed, caption, theme = "terminal" } = options;
  const { workloads = [], hints = false } = options;
  return {
    snapshot,
    history: historyUpTo(known, snapshot.timeMillis),
    moment,
    known,
    seenMillis: Math.max(snapshot.timeMillis, moment?.newestMillis ?? 0),
    behind: undefined,
    details: {},
    playing: true,
    stepping: undefined,
    travelling: undefined,
    speed,
    pace: undefined,
    ended: false,
    defect: undefined,
    focused: undefined,
    zoomed: undefined,
    screen: { columns: 80, rows: 24 },
    panelRows: {},
    panelTitles: {},
    mapCursor: undefined,
    mapScale: undefined,
    mapTop: 0,
    chosen: undefined,
    filters: {},
    sorts: {},
    scrolls: {},
    clicked: undefined,
    dialog: undefined,
    request: undefined,
    workloads,
    helpArea: undefined,
    hints,
    theme,
    caption,
    notice: undefined,
    left: false,
  };
}

/** What the source is to do between two frames. */
export type Work =
  /** Goes on with virtual time at a speed. */
  | { readonly kind: "play"; readonly speed: number }
  /** Goes on with a stride. */
  | { readonly kind: "step"; readonly stride: KeyStride }
  /** Goes through its past. */
  | { readonly kind: "travel"; readonly to: Travel };

/** The work that a state asks for; missing where the source is to rest. */
export function workOf(state: DashboardState): Work | undefined {
  const { stepping, playing, speed, ended, travelling } = state;
  if (travelling !== undefined) return { kind: "travel", to: travelling };
  if (ended) return undefined;
  if (stepping !== undefined) return { kind: "step", stride: stepping };
  return playing ? { kind: "play", speed } : undefined;
}

/** Whether what is seen was recorded, so that there is only what was recorded of it. */
export function isRecording(
  { moment }: Pick<DashboardState, "moment">,
): boolean {
  return moment?.isRecorded === true;
}

/** Whether the machine moves, and if not, why. */
export type Motion =
  | "running"
  | "stepping"
  | "travelling"
  | "past"
  | "frozen"
  | "paused"
  | "ended"
  | "defect";

/** Whether there is something later than what is seen that the user has seen, too. A search for an event goes on a little behind it, which nobody has seen. */
export function isInPast(state: DashboardState): boolean {
  return state.moment?.atEnd === false && !isRecording(state) &&
    state.snapshot.timeMillis < state.seenMillis;
}

/** The motion of a state. */
export function motionOf(state: DashboardState): Motion {
  if (state.travelling !== undefined) return "travelling";
  if (state.behind !== undefined) return "frozen";
  if (isInPast(state) && !state.playing) return "past";
  if (state.defect !== undefined) return "defect";
  if (state.ended) return "ended";
  if (state.stepping !== undefined) return "stepping";
  return state.playing ? "running" : "paused";
}
