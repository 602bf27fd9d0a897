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
import { KEYS } from "../keys.ts";

/** What the words of MEMORY mean. */
const WORDS: readonly (readonly [word: string, meaning: string])[] = [
  ["shared", "copies that are kept: one for each merged content"],
  ["sharing", "copies that are saved: pages beyond the first"],
  ["unshared", "unchanged, and no other page is equal"],
  ["volatile", "changing, skipped, or not placed yet"],
];

const WORD_COLUMNS = 9;
/** Rows that border, keys and words take together. */
const ROWS_WITH_WORDS = KEYS.length + WORDS.length + 4;

/** The panel with the help, over everything else. */
export function Help({ screen }: { readonly screen: Screen }): Element {
  return (
    <Overlay title="help" borderColor="cyan">
      <KeyHelp keys={KEYS} />
      {screen.rows >= ROWS_WITH_WORDS && (
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
