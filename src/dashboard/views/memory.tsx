/**
 * MEMORY: the pages that KSM knows, by what became of them.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { Snapshot } from "../../observe/snapshot.ts";
import {
  Box,
  type Element,
  Gauge,
  Spacer,
  StackedBar,
  Text,
  type TextStyle,
} from "../../tui/mod.ts";
import { gainText, sizeText } from "../figures.ts";
import type { Symbols } from "../symbols.ts";
import type { Heading } from "./rule.ts";

/** One state of memory. */
interface Share {
  readonly name: string;
  readonly glyph: string;
  readonly style: TextStyle;
  readonly pages: number;
}

/** The states that the rmap items are in; and, where KSM has put any, the zero pages, which keep none. */
function sharesOf({ counters }: Snapshot, { pages, styles }: Symbols): Share[] {
  const states: Share[] = [
    {
      name: "shared",
      glyph: pages.merged,
      style: styles["page-shared"],
      pages: counters.pagesShared,
    },
    {
      name: "sharing",
      glyph: pages.merged,
      style: styles["page-merged"],
      pages: counters.pagesSharing,
    },
    {
      name: "unshared",
      glyph: pages.unshared,
      style: styles["page-unshared"],
      pages: counters.pagesUnshared,
    },
    {
      name: "volatile",
      glyph: pages.volatile,
      style: styles["page-volatile"],
      pages: counters.pagesVolatile,
    },
  ];
  if (counters.ksmZeroPages === 0) return states;
  return [...states, {
    name: "zero",
    glyph: pages.zero,
    style: styles["page-zero"],
    pages: counters.ksmZeroPages,
  }];
}

/** How many states are shown. */
export function shownShares(snapshot: Snapshot, symbols: Symbols): number {
  return sharesOf(snapshot, symbols).length;
}

function totalPages({ counters }: Snapshot): number {
  return counters.pagesShared + counters.pagesSharing +
    counters.pagesUnshared + counters.pagesVolatile + counters.ksmZeroPages;
}

/** Heading of MEMORY: how much KSM remembers, and what it gains after its own cost. */
export function memoryHeading(
  snapshot: Snapshot,
  { styles }: Symbols,
): Heading {
  const { generalProfit } = snapshot.counters;
  const name = { text: "MEMORY", bold: true };
  const size = sizeText(totalPages(snapshot) * snapshot.pageBytes);
  const gain = {
    text: `${gainText(generalProfit)} net`,
    ...styles[generalProfit < 0 ? "loss" : "gain"],
    bold: true,
  };
  const end = [{ text: "saved " }, gain];
  return [
    { start: [name, { text: `  ${size} in ksmd's care` }], end },
    { start: [name, { text: `  ${size}` }], end },
    { start: [name], end },
    { start: [name], end: [gain] },
  ];
}

/** Columns of glyph and name. */
const NAME_COLUMNS = 11;
const SIZE_COLUMNS = 10;
const COUNT_COLUMNS = 8;

/** Props of {@linkcode Memory}. */
export interface MemoryProps {
  /** What is to be seen. */
  readonly snapshot: Snapshot;
  /** The characters to draw with. */
  readonly symbols: Symbols;
  /** Rows there are. */
  readonly rows: number;
}

/** One line for each state with bar, size and count; below, if there is room, all of them in one bar. */
export function Memory({ snapshot, symbols, rows }: MemoryProps): Element {
  const shares = sharesOf(snapshot, symbols).slice(0, Math.max(rows, 1));
  const total = totalPages(snapshot);
  const countColumns = Math.max(COUNT_COLUMNS, groupDigits(total).length + 1);
  const figures = (pages: number): string =>
    sizeText(pages * snapshot.pageBytes).padStart(SIZE_COLUMNS) +
    groupDigits(pages).padStart(countColumns);
  const sum = (
    <>
      <Spacer />
      <Box height={1}>
        <Text>{"  all".padEnd(NAME_COLUMNS)}</Text>
        <StackedBar
          parts={shares.map(({ pages, style }) => ({
            value: pages,
            color: style.color,
          }))}
        />
        <Text>{figures(total)}</Text>
      </Box>
    </>
  );
  return (
    <Box flexDirection="column" flexGrow={1}>
      {shares.map(({ name, glyph, style, pages }) => (
        <Box height={1}>
          <Text {...style}>{glyph}</Text>
          <Text>{` ${name}`.padEnd(NAME_COLUMNS - 1)}</Text>
          <Gauge value={total > 0 ? pages / total : 0} color={style.color} />
          <Text>{figures(pages)}</Text>
        </Box>
      ))}
      {rows > shares.length + 1 && sum}
    </Box>
  );
}
