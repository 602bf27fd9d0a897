/**
 * EVENTS: what happened, the newest last.
 *
 * @module
 */
import type { LogKind } from "../../observe/snapshot.ts";
import { Box, type Element, Text } from "../../tui/mod.ts";
import { type EventLine, eventText } from "../event_lines.ts";
import { timeText } from "../figures.ts";
import { eventRows, noRowText } from "../rows.ts";
import type { DashboardState } from "../state.ts";
import { EVENT_WORDS, type Symbols } from "../symbols.ts";
import type { Heading } from "./rule.ts";

/** Heading of EVENTS. */
export const EVENTS_HEADING: Heading = [{
  start: [{ text: "EVENTS", bold: true }],
}];

/** Stands where nothing has happened. */
export const NO_EVENTS = "nothing yet";

const WORD_COLUMNS = Math.max(
  ...Object.values(EVENT_WORDS).map(({ length }) => length),
);

/** Columns from which on the kind stands there in words too; else its glyph and the text have to do. */
const WORDS_COLUMNS = 44;

/** Props of {@linkcode Events}. */
export interface EventsProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The characters to draw with. */
  readonly symbols: Symbols;
  /** Columns there are. */
  readonly columns: number;
  /** Rows there are. */
  readonly rows: number;
}

/** The last rows; among other panels, those before them as far as one has scrolled up. */
function shownEvents(
  state: DashboardState,
  rows: number,
): readonly EventLine[] {
  if (rows <= 0) return [];
  const all = eventRows(state);
  const up = state.zoomed === undefined ? state.scrolls.events ?? 0 : 0;
  const to = Math.max(Math.min(rows, all.length), all.length - up);
  return all.slice(Math.max(0, to - rows), to);
}

/** The last events: when, what kind, how many, and what exactly. */
export function Events(props: EventsProps): Element {
  const { state, symbols, columns, rows } = props;
  const shown = shownEvents(state, rows);
  const times = shown.map(({ last }) => timeText(last.timeMillis));
  const timeColumns = Math.max(0, ...times.map(({ length }) => length));
  const mark = (kind: LogKind): string => {
    const word = EVENT_WORDS[kind].padEnd(WORD_COLUMNS);
    const glyph = symbols.events[kind];
    return columns < WORDS_COLUMNS ? ` ${glyph} ` : ` ${glyph} ${word} `;
  };
  const line = (event: EventLine, index: number): Element => (
    <Text wrap="truncate">
      <Text dim>{times[index].padStart(timeColumns)}</Text>
      <Text {...symbols.styles[`event-${event.last.kind}`]}>
        {mark(event.last.kind)}
      </Text>
      {eventText(event, symbols.times)}
    </Text>
  );
  if (shown.length === 0) {
    const text = noRowText(state, "events", NO_EVENTS);
    return <Text dim wrap="truncate">{text}</Text>;
  }
  return (
    <Box flexDirection="column" flexGrow={1}>
      {shown.map(line)}
    </Box>
  );
}
