/**
 * A chain unfolded: each KSM page of it with its sharers, of which it takes only
 * so many.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { ChainView, KsmPageView } from "../../observe/detail.ts";
import { Box, type Element, Gauge, Text } from "../../tui/mod.ts";
import { plural } from "../figures.ts";
import type { Symbols } from "../symbols.ts";
import type { Heading } from "./rule.ts";

/** What a chain holds, wherever it stands. */
export function chainText({ dupCount, sharers }: ChainView): string {
  return `${plural(dupCount, "dup")}, ${plural(sharers, "sharer")}`;
}

/** Heading of an unfolded chain: its place, what it holds, and its bytes. */
export function chainHeading(chain: ChainView, limit: number): Heading {
  const name = { text: `chain ${chain.node}`, bold: true };
  const holds = { text: `  ${chainText(chain)}` };
  const place = { text: ` on NUMA node ${chain.nid}` };
  const bytes = chain.content === undefined
    ? "its pages are gone"
    : `bytes ${chain.content.lead}`;
  const most = `limit ${groupDigits(limit)} each`;
  return [
    { start: [name, place, holds], end: [{ text: `${most}, ${bytes}` }] },
    { start: [name, holds], end: [{ text: `${most}, ${bytes}` }] },
    { start: [name, holds], end: [{ text: most }] },
    { start: [name, holds] },
    { start: [name] },
  ];
}

const NAME_COLUMNS = 9;
const FRAME_COLUMNS = 12;
const SHARERS_COLUMNS = 8;
const MAPPINGS_COLUMNS = 10;
const STATE_COLUMNS = 6;
/** Columns from which on all figures stand there. */
const WIDE_COLUMNS = 60;

/** Whether a page takes no more sharers, or is none any more. */
function stateText({ isStale, sharers }: KsmPageView, limit: number): string {
  if (isStale) return "gone";
  return sharers >= limit ? "full" : "";
}

/** Props of {@linkcode ChainDetail}. */
export interface ChainDetailProps {
  /** The chain. */
  readonly chain: ChainView;
  /** `max_page_sharing`. */
  readonly limit: number;
  /** Columns there are. */
  readonly columns: number;
  /** Rows there are. */
  readonly rows: number;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** A line a KSM page, in the order of the chain's list. */
export function ChainDetail(props: ChainDetailProps): Element {
  const { chain: { dups, dupCount }, limit, columns, rows } = props;
  const { styles } = props.symbols;
  const wide = columns >= WIDE_COLUMNS;
  const room = Math.max(0, rows - 1);
  const shown = dupCount <= room ? dups.length : Math.max(0, room - 1);
  const seen = dups.slice(0, shown);
  const line = (
    name: string,
    frame: string,
    sharers: string,
    mappings: string,
  ): readonly [left: string, right: string] => [
    name.padEnd(NAME_COLUMNS) + (wide ? frame.padEnd(FRAME_COLUMNS) : "") +
    sharers.padStart(SHARERS_COLUMNS) + " ",
    wide ? mappings.padStart(MAPPINGS_COLUMNS) : "",
  ];
  const [left, right] = line("dup", "frame", "sharers", "mappings");
  const row = (page: KsmPageView): Element => {
    const [start, end] = line(
      String(page.node),
      String(page.frame),
      groupDigits(page.sharers),
      groupDigits(page.mappings),
    );
    return (
      <Box height={1} flexShrink={0}>
        <Box flexShrink={0}>
          <Text>{start}</Text>
        </Box>
        <Gauge
          value={page.sharers / limit}
          color={styles[page.sharers >= limit ? "notice" : "stable"].color}
        />
        <Box flexShrink={0}>
          <Text>
            {`${end} ${stateText(page, limit).padEnd(STATE_COLUMNS)}`}
          </Text>
        </Box>
      </Box>
    );
  };
  const more = dupCount - seen.length;
  return (
    <Box flexDirection="column" height={rows} overflow="hidden">
      <Box height={1} flexShrink={0} justifyContent="space-between">
        <Text dim wrap="truncate">{left}</Text>
        <Text dim wrap="truncate">
          {`${right} ${"".padEnd(STATE_COLUMNS)}`}
        </Text>
      </Box>
      {seen.map(row)}
      {more > 0 && room > 0 && (
        <Text dim wrap="truncate">{`+${groupDigits(more)} more`}</Text>
      )}
    </Box>
  );
}
