/**
 * EVENTS: what happened, the newest last.
 *
 * @module
 */
import type { LogEntry, LogKind, Snapshot } from "../../observe/snapshot.ts";
import { Box, type Element, Text } from "../../tui/mod.ts";
import { timeText } from "../figures.ts";
import { EVENT_COLORS, EVENT_WORDS, type Symbols } from "../symbols.ts";
import type { Heading } from "./rule.ts";

/** Heading of EVENTS. */
export const EVENTS_HEADING: Heading = [{
  start: [{ text: "EVENTS", bold: true }],
}];

const WORD_COLUMNS = Math.max(
  ...Object.values(EVENT_WORDS).map(({ length }) => length),
);

/** Columns from which on the kind stands there in words too; else its glyph and the text have to do. */
const WORDS_COLUMNS = 44;

/** Props of {@linkcode Events}. */
export interface EventsProps {
  /** What is to be seen. */
  readonly snapshot: Snapshot;
  /** The characters to draw with. */
  readonly symbols: Symbols;
  /** Columns there are. */
  readonly columns: number;
  /** Rows there are. */
  readonly rows: number;
}

/** The last events, one a line: when, what kind, and what exactly. */
export function Events(props: EventsProps): Element {
  const { snapshot, symbols, columns, rows } = props;
  const shown = rows > 0 ? snapshot.events.slice(-rows) : [];
  const times = shown.map(({ timeMillis }) => timeText(timeMillis));
  const timeColumns = Math.max(0, ...times.map(({ length }) => length));
  const mark = (kind: LogKind): string => {
    const word = EVENT_WORDS[kind].padEnd(WORD_COLUMNS);
    const glyph = symbols.events[kind];
    return columns < WORDS_COLUMNS ? ` ${glyph} ` : ` ${glyph} ${word} `;
  };
  const line = ({ kind, text }: LogEntry, index: number): Element => (
    <Text wrap="truncate">
      <Text dim>{times[index].padStart(timeColumns)}</Text>
      <Text color={EVENT_COLORS[kind]}>{mark(kind)}</Text>
      {text}
    </Text>
  );
  if (shown.length === 0) return <Text dim>nothing yet</Text>;
  return (
    <Box flexDirection="column" flexGrow={1}>
      {shown.map(line)}
    </Box>
  );
}
