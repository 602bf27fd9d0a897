/**
 * The rows of the panels that are lists: those that pass the panel's filter, in
 * the order that the user has chosen. The same rows stand in a panel among
 * others and in the zoomed one.
 *
 * @module
 */
import type {
  LocksView,
  LockWaitView,
  LogEntry,
  ProcessView,
} from "../observe/snapshot.ts";
import type { Sort } from "../tui/mod.ts";
import { type ActorLine, actorLines, waitWords } from "./actor_lines.ts";
import { type EventLine, eventLines } from "./event_lines.ts";
import { timeText } from "./figures.ts";
import {
  type ClassLine,
  classLines,
  contendedLocks,
  type LockLine,
  lockStatName,
  lockWords,
  panelLines,
  waitsOn,
  whichLock,
} from "./lock_lines.ts";
import {
  ACTOR_ORDERS,
  LOCK_CLASS_ORDERS,
  LOCK_ORDERS,
  type Order,
  ordered,
  PROCESS_ORDERS,
} from "./orders.ts";
import type { PanelName } from "./panels.ts";
import type { DashboardState } from "./state.ts";
import { EVENT_WORDS } from "./symbols.ts";

/** Texts that rows of panels must have in them; a missing or an empty one lets all pass. */
export type Filters = { readonly [Panel in PanelName]?: string };

/** How rows of panels are sorted; a missing sort leaves them as they come. */
export type Sorts = { readonly [Panel in PanelName]?: Sort };

/** What the rows depend on. */
export type RowsState = Pick<
  DashboardState,
  "snapshot" | "filters" | "sorts" | "zoomed"
>;

/** Whether one of some texts has another in it, in small letters or in capitals. */
function passes(filter: string | undefined, texts: readonly string[]): boolean {
  if (filter === undefined || filter === "") return true;
  const wanted = filter.toLowerCase();
  return texts.some((text) => text.toLowerCase().includes(wanted));
}

function rowsOf<Row>(
  { filters, sorts }: RowsState,
  panel: PanelName,
  all: readonly Row[],
  orders: readonly Order<Row>[],
  texts: (row: Row) => readonly string[],
): readonly Row[] {
  const rows = all.filter((row) => passes(filters[panel], texts(row)));
  return ordered(rows, orders, sorts[panel]);
}

/** The rows of PROCESSES. */
export function processRows(state: RowsState): readonly ProcessView[] {
  const { processes } = state.snapshot;
  return rowsOf(
    state,
    "processes",
    processes,
    PROCESS_ORDERS,
    ({ name, pid }) => [name, String(pid)],
  );
}

/** The events that pass the filter of EVENTS, oldest first. */
export function passingEvents(state: RowsState): readonly LogEntry[] {
  return rowsOf(
    state,
    "events",
    state.snapshot.events,
    [],
    ({ timeMillis, kind, text }) => [
      timeText(timeMillis),
      EVENT_WORDS[kind],
      text,
    ],
  );
}

/** The rows of EVENTS, oldest first: neighbours among those that pass the filter are one row where they say the same. */
export function eventRows(state: RowsState): readonly EventLine[] {
  return eventLines(passingEvents(state));
}

/** The rows of ACTORS, which belong to KSMD. */
export function actorRows(state: RowsState): readonly ActorLine[] {
  const { snapshot } = state;
  return rowsOf(
    state,
    "ksmd",
    actorLines(snapshot),
    ACTOR_ORDERS,
    ({ actor, wait }) => [
      actor.name,
      actor.kind,
      actor.state,
      actor.doing,
      ...(wait === undefined ? [] : [waitWords(snapshot, wait), wait.site]),
    ],
  );
}

const NO_LOCKS: LocksView = { classes: [], waiting: [] };

/** Who waits for a lock, and who keeps them waiting. */
function waitTexts(waits: readonly LockWaitView[]): string[] {
  return waits.flatMap(({ actor, holders }) => [
    actor,
    ...holders.map((holder) => holder.actor),
  ]);
}

/** The rows of LOCKS among other panels. */
export function lockRows(state: RowsState): readonly LockLine[] {
  const { locks = NO_LOCKS } = state.snapshot;
  return rowsOf(
    state,
    "locks",
    panelLines(locks),
    LOCK_ORDERS,
    ({ lockClass, mode, which, waits }) => [
      lockClass.name,
      lockWords(lockClass, mode, which),
      ...waitTexts(waits),
    ],
  );
}

/** The rows of the zoomed LOCKS: a class is there, too, for each of its locks that was waited for, and for who waits now. */
export function lockClassRows(state: RowsState): readonly ClassLine[] {
  const { locks = NO_LOCKS } = state.snapshot;
  return rowsOf(
    state,
    "locks",
    classLines(locks),
    LOCK_CLASS_ORDERS,
    (line) => {
      const { lockClass, mode } = line;
      const waits = waitsOn(locks, line);
      const all = contendedLocks(line).map(({ instance }) => instance);
      return [
        lockStatName(line),
        lockWords(lockClass, mode, ""),
        ...[...all, ...waits].map((one) =>
          lockWords(lockClass, mode, whichLock(lockClass.name, one))
        ),
        ...waitTexts(waits),
      ];
    },
  );
}

/** Panels whose rows can be filtered. */
const LIST_PANELS: readonly PanelName[] = [
  "locks",
  "ksmd",
  "processes",
  "events",
];

/** The panel that keys about rows are meant for: the zoomed one, else the one with the focus; missing where its rows are no list. */
export function listPanel(
  { zoomed, focused }: Pick<DashboardState, "zoomed" | "focused">,
): PanelName | undefined {
  return LIST_PANELS.find((panel) => panel === (zoomed ?? focused));
}

/** Stands where a panel has no rows: that none passes its filter, or what is said where there are none at all. */
export function noRowText(
  { filters }: Pick<RowsState, "filters">,
  panel: PanelName,
  none: string,
): string {
  const { [panel]: filter = "" } = filters;
  return filter === "" ? none : `no row has "${filter}"`;
}

/** How many of what a panel lists pass its filter: of events all, also those that share a row. */
export function passingCount(state: RowsState, panel: PanelName): number {
  return panel === "events"
    ? passingEvents(state).length
    : rowCount(state, panel);
}

/** How many rows a panel has. */
export function rowCount(state: RowsState, panel: PanelName): number {
  switch (panel) {
    case "locks":
      return (state.zoomed === "locks" ? lockClassRows : lockRows)(state)
        .length;
    case "ksmd":
      return actorRows(state).length;
    case "processes":
      return processRows(state).length;
    case "events":
      return eventRows(state).length;
    default:
      return 0;
  }
}
