/**
 * The help: all keys, and the words that the panels use.
 *
 * @module
 */
import {
  Box,
  type Element,
  KeyHelp,
  Overlay,
  type Screen,
  Text,
} from "../../tui/mod.ts";
import { ACTION_KEYS, KEYS, keysOf, wayKeys, ZOOM_KEYS } from "../keys.ts";
import type { DashboardState } from "../state.ts";

/** What the words of MEMORY and LOCKS mean. */
const WORDS: readonly (readonly [word: string, meaning: string])[] = [
  ["shared", "copies that are kept: one for each merged content"],
  ["sharing", "copies that are saved: pages beyond the first"],
  ["unshared", "unchanged, and no other page is equal"],
  ["volatile", "changing, skipped, or not placed yet"],
  ["* lock", "one that the kernel's lock_stat does not know"],
];

const WORD_COLUMNS = 10;
/** Columns from which on the keys stand in two tables side by side. */
const WIDE_COLUMNS = 66;

/** Rows of the keys with their title. */
function keyRows(wide: boolean): number {
  return 1 + (wide ? ACTION_KEYS : KEYS).length;
}

interface KeysProps {
  readonly wide: boolean;
  readonly state: DashboardState;
}

function Keys({ wide, state }: KeysProps): Element {
  if (!wide) return <KeyHelp keys={keysOf(state)} />;
  return (
    <Box columnGap={3} flexShrink={0}>
      <KeyHelp keys={ACTION_KEYS} />
      <KeyHelp keys={[...ZOOM_KEYS, ...wayKeys(state)]} />
    </Box>
  );
}

/** Props of {@linkcode Help}. */
export interface HelpProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** What it is shown on. */
  readonly screen: Screen;
}

/** The panel with the help, over everything else. */
export function Help({ state, screen }: HelpProps): Element {
  const wide = screen.columns >= WIDE_COLUMNS;
  // Two rows of border, and an empty one before the words.
  const fits = screen.rows >= keyRows(wide) + WORDS.length + 3;
  return (
    <Overlay title="help" borderColor="cyan">
      <Keys wide={wide} state={state} />
      {fits && (
        <Box flexDirection="column" marginTop={1}>
          {WORDS.map(([word, meaning]) => (
            <Text wrap="truncate">
              <Text bold>{word.padEnd(WORD_COLUMNS)}</Text>
              {meaning}
            </Text>
          ))}
        </Box>
      )}
    </Overlay>
  );
}
