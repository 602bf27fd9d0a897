/**
 * ACTORS: what ksmd and everybody else is doing or waiting for.
 *
 * @module
 */
import type { Snapshot } from "../../observe/snapshot.ts";
import type { Element, TableColumn } from "../../tui/mod.ts";
import { type ActorLine, waitWords } from "../actor_lines.ts";
import { NANOS_COLUMNS, nanosText } from "../figures.ts";
import { ACTOR_ORDERS, sortable } from "../orders.ts";
import { actorRows } from "../rows.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import type { ActorState } from "../theme.ts";
import { ListTable, namesWidth } from "./list_table.tsx";
import type { Heading } from "./rule.ts";
import type { Span } from "./span.ts";

/** States in the order of their count in the heading; with those in which nothing happens the counts add up. */
const COUNTED: readonly ActorState[] = [
  "running",
  "waiting",
  "sleeping",
  "idle",
  "done",
];

/** States that are counted where there is less room. */
const LIVELY = COUNTED.slice(0, 3);

/** Heading of ACTORS: how many there are, and what they are at. */
export function actorsHeading(
  { actors = [] }: Snapshot,
  symbols: Symbols,
): Heading {
  const name = { text: "ACTORS", bold: true };
  const all = { text: `  ${actors.length}` };
  const counts = (states: readonly ActorState[]): Span[] =>
    states.map((state, index) => {
      const count = actors.filter((actor) => actor.state === state).length;
      const gap = index === 0 ? "" : "  ";
      const text = `${gap}${symbols.actors[state]} ${count} ${state}`;
      return { text, ...symbols.styles[`actor-${state}`] };
    });
  return [
    { start: [name, all], end: counts(COUNTED), panel: "ksmd" },
    { start: [name, all], end: counts(LIVELY), panel: "ksmd" },
    { start: [name, all], end: counts(["waiting"]), panel: "ksmd" },
    { start: [name, all], panel: "ksmd" },
  ];
}

/** What an actor does, or which lock it waits for, and where. */
function doingText(snapshot: Snapshot, { actor, wait }: ActorLine): string {
  return wait === undefined
    ? actor.doing
    : `${waitWords(snapshot, wait)} at ${wait.site}`;
}

/** Columns of a name at most. */
const NAME_COLUMNS_MAX = 18;

/** Columns at least for what an actor does: enough for the name of a lock. */
const DOING_COLUMNS = 14;

/** Columns of a screen from which on there is room for the place where an actor waits. */
const WIDE_COLUMNS = 74;

/** Columns at least for what an actor does where ACTORS is zoomed. */
function zoomedDoingColumns({ screen }: DashboardState): number {
  return screen.columns < WIDE_COLUMNS ? 8 : 26;
}

/** The columns; where there is no room the kind goes first, then the time waited and the processor time. */
export function actorColumns(
  state: DashboardState,
  symbols: Symbols,
): TableColumn<ActorLine>[] {
  const { snapshot, zoomed } = state;
  const { actors = [] } = snapshot;
  const doingColumns = zoomed === undefined
    ? DOING_COLUMNS
    : zoomedDoingColumns(state);
  const names = actors.map(({ name }) => name);
  const kinds = actors.map(({ kind }) => kind);
  const columns: TableColumn<ActorLine>[] = [
    {
      title: "actor",
      cell: ({ actor }) => actor.name,
      priority: 9,
      minWidth: namesWidth(names, 11, NAME_COLUMNS_MAX),
      maxWidth: NAME_COLUMNS_MAX,
    },
    {
      title: "kind",
      cell: ({ actor }) => actor.kind,
      minWidth: namesWidth(kinds, 10, NAME_COLUMNS_MAX),
    },
    {
      title: "state",
      cell: ({ actor: { state } }) => `${symbols.actors[state]} ${state}`,
      priority: 8,
      minWidth: 10,
      style: ({ actor }) => symbols.styles[`actor-${actor.state}`],
    },
    {
      title: "doing",
      cell: (line) => doingText(snapshot, line),
      priority: 7,
      minWidth: doingColumns,
      grows: true,
    },
    {
      title: "waited",
      cell: ({ wait }) =>
        wait === undefined ? "" : nanosText(wait.waitedNanos, symbols.micro),
      align: "right",
      priority: 1,
      minWidth: NANOS_COLUMNS,
      style: () => symbols.styles.waits,
    },
    {
      title: "cpu",
      cell: ({ actor }) => nanosText(actor.cpuNanos, symbols.micro),
      align: "right",
      priority: 2,
      minWidth: NANOS_COLUMNS,
    },
  ];
  return sortable(columns, ACTOR_ORDERS);
}

/** Props of {@linkcode Actors}. */
export interface ActorsProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The characters to draw with. */
  readonly symbols: Symbols;
  /** Index of the chosen actor; missing where none can be chosen. */
  readonly selected?: number;
}

/** A line an actor: its state, its processor time, and what it does or waits for. */
export function Actors(props: ActorsProps): Element {
  const { state, symbols, selected } = props;
  return (
    <ListTable
      state={state}
      panel="ksmd"
      none="nobody"
      flexGrow={1}
      offset={state.zoomed === undefined ? state.scrolls.ksmd : undefined}
      gutter={selected !== undefined}
      selected={selected}
      columns={actorColumns(state, symbols)}
      rows={actorRows(state)}
      sort={state.sorts.ksmd}
    />
  );
}
