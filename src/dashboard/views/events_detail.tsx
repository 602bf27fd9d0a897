/**
 * The zoomed EVENTS: all that are kept, the newest last.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import { printable } from "../../observe/printable.ts";
import type { LogEntry } from "../../observe/snapshot.ts";
import {
  type Element,
  Table,
  type TableColumn,
  Text,
  type TextStyle,
} from "../../tui/mod.ts";
import { chosenRow } from "../choice.ts";
import { rowsId } from "../mouse.ts";
import { type EventLine, eventText } from "../event_lines.ts";
import { timeText } from "../figures.ts";
import { eventRows, noRowText } from "../rows.ts";
import type { DashboardState } from "../state.ts";
import { EVENT_WORDS, type Symbols } from "../symbols.ts";
import { NO_EVENTS } from "./events.tsx";
import { Band } from "./frame.tsx";
import type { Heading } from "./rule.ts";

/** One row, its event or the last of several, and how long after the row before. */
interface Line {
  readonly event: EventLine;
  readonly entry: LogEntry;
  readonly after: number | undefined;
}

function linesOf(events: readonly EventLine[]): Line[] {
  return events.map((event, index) => {
    const { last: entry } = event;
    const before = events.at(index - 1)?.last;
    const after = index === 0 || before === undefined
      ? undefined
      : entry.timeMillis - before.timeMillis;
    return { event, entry, after };
  });
}

/** Where there is no room the number goes first, then the time since the event before. */
function columnsFor(symbols: Symbols): TableColumn<Line>[] {
  const kindStyle = ({ entry: { kind } }: Line): TextStyle =>
    symbols.styles[`event-${kind}`];
  return [
    {
      title: "number",
      cell: ({ entry }) => groupDigits(entry.number),
      align: "right",
      priority: 0,
      minWidth: 7,
    },
    {
      title: "time",
      cell: ({ entry }) => timeText(entry.timeMillis),
      align: "right",
      priority: 8,
      minWidth: 9,
    },
    {
      title: "after",
      cell: ({ after }) => after === undefined ? "" : `+${timeText(after)}`,
      align: "right",
      priority: 1,
      minWidth: 8,
    },
    {
      title: "",
      cell: ({ entry: { kind } }) => symbols.events[kind],
      priority: 7,
      minWidth: 1,
      style: kindStyle,
    },
    {
      title: "kind",
      cell: ({ entry: { kind } }) => EVENT_WORDS[kind],
      priority: 2,
      minWidth: 9,
      style: kindStyle,
    },
    {
      title: "event",
      cell: ({ event }) => printable(eventText(event, symbols.times)),
      priority: 9,
      minWidth: 20,
      grows: true,
    },
  ];
}

/** Heading of the zoomed EVENTS: how many are kept. */
export function eventsDetailHeading(
  { snapshot: { events }, chosen }: DashboardState,
): Heading {
  const start = [{ text: "EVENTS", bold: true }];
  const kept = { text: `  the last ${groupDigits(events.length)}` };
  const follows = chosen === undefined ? "follows the newest" : "end: newest";
  return [
    { start: [...start, kept], end: [{ text: follows }] },
    { start: [...start, kept] },
    { start },
  ];
}

/** Props of {@linkcode EventsDetail}. */
export interface EventsDetailProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** Rows there are. */
  readonly rows: number;
  /** The characters to draw with. */
  readonly symbols: Symbols;
}

/** A line an event, or several that say the same: when, how long after the one before, what kind, how many, and what exactly. */
export function EventsDetail(props: EventsDetailProps): Element {
  const { state, rows, symbols } = props;
  const events = eventRows(state);
  const nothing = noRowText(state, "events", NO_EVENTS);
  return (
    <Band height={rows}>
      {events.length === 0 ? <Text dim wrap="truncate">{nothing}</Text> : (
        <Table
          id={rowsId("events")}
          flexGrow={1}
          columns={columnsFor(symbols)}
          rows={linesOf(events)}
          gutter
          selected={chosenRow(state)}
        />
      )}
    </Band>
  );
}
