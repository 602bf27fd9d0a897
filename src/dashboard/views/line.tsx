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

/** Props of {@linkcode Line}. */
export interface LineProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The characters to draw with. */
  readonly symbols: Symbols;
}

/** How it moves, how far it is, what it saves, and how to leave. */
export function Line({ state, symbols }: LineProps): Element {
  const { text: motion, ...style } = motionSpan(state, symbols);
  const gain = gainText(state.snapshot.counters.generalProfit);
  return (
    <Text wrap="truncate">
      <Text bold>{BRAND.text}</Text> <Text {...style}>{motion}</Text>
      {`  ${scanText(state)}  saved ${gain}  q quit`}
    </Text>
  );
}
