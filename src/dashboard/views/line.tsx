/**
 * The dashboard on a screen too small for panels: one line.
 *
 * @module
 */
import { type Element, Text } from "../../tui/mod.ts";
import { gainText } from "../figures.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { BRAND, motionSpan, scanText } from "./header.ts";
import { type Span, spansWidth } from "./span.ts";

/** Props of {@linkcode Line}. */
export interface LineProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The characters to draw with. */
  readonly symbols: Symbols;
  /** Columns there are. */
  readonly columns: number;
}

/** The most needed first; each but the first is there whole or not at all, since half a figure is a wrong one. */
function spansOf(state: DashboardState, symbols: Symbols): Span[] {
  const { text, ...style } = motionSpan(state, symbols);
  const gain = gainText(state.snapshot.counters.generalProfit);
  return [
    BRAND,
    { text: ` ${text}`, ...style },
    { text: "  q quit" },
    { text: `  ${scanText(state)}` },
    { text: `  saved ${gain}` },
  ];
}

/** How it moves, how to leave, how far it is, and what it saves. */
export function Line({ state, symbols, columns }: LineProps): Element {
  const spans = spansOf(state, symbols);
  while (spans.length > 1 && spansWidth(spans) > columns) spans.pop();
  return (
    <Text wrap="truncate">
      {spans.map(({ text, ...style }) => Text({ ...style, children: text }))}
    </Text>
  );
}
