/**
 * The help: all keys by what has them, and the words that the panels use. It
 * scrolls where it does not fit.
 *
 * @module
 */
import {
  type Area,
  Box,
  type Element,
  type KeyScope,
  Overlay,
  type Screen,
  ScrollBox,
  Text,
} from "../../tui/mod.ts";
import { HELP_ID, type HelpDialog } from "../dialogs.ts";
import { KEY_SCOPES } from "../key_scopes.ts";
import type { Symbols } from "../symbols.ts";

/** What the words of MEMORY and LOCKS mean. */
const WORDS: readonly (readonly [word: string, meaning: string])[] = [
  ["shared", "copies that are kept: one for each merged content"],
  ["sharing", "copies that are saved: pages beyond the first"],
  ["unshared", "unchanged, and no other page is equal"],
  ["volatile", "changing, skipped, or not placed yet"],
  ["* lock", "one that the kernel's lock_stat does not know"],
];

const WORD_COLUMNS = 10;
/** Columns from which on the keys that mean the same everywhere stand beside all else. */
const WIDE_COLUMNS = 110;

type Entry = readonly [word: string, meaning: string];

/** Words in bold, and beside them what they mean. */
function Entries({ entries }: { readonly entries: readonly Entry[] }): Element {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {entries.map(([word, meaning]) => (
        <Box flexShrink={0}>
          <Box width={WORD_COLUMNS} flexShrink={0}>
            <Text bold>{word}</Text>
          </Box>
          <Text>{meaning}</Text>
        </Box>
      ))}
    </Box>
  );
}

interface GroupProps {
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly symbols: Symbols;
}

/** Entries under a title. */
function Group({ title, entries, symbols }: GroupProps): Element {
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Text {...symbols.styles.accent}>{title}</Text>
      <Entries entries={entries} />
    </Box>
  );
}

function entriesOf({ keys }: KeyScope<unknown>): Entry[] {
  return keys.map((row) => [row.keys.join(" "), row.does]);
}

interface GroupsProps {
  readonly scopes: readonly KeyScope<unknown>[];
  readonly symbols: Symbols;
}

function Groups({ scopes, symbols }: GroupsProps): Element {
  return (
    <>
      {scopes.map((scope) => (
        <Group
          title={scope.title}
          entries={entriesOf(scope)}
          symbols={symbols}
        />
      ))}
    </>
  );
}

/** How to get about the help: to scroll only where it does not fit, and how far it is. */
function closingText(
  { offset }: HelpDialog,
  area: Area | undefined,
): string {
  const close = "escape closes";
  if (area === undefined || area.contentRows <= area.rows) return close;
  const { rows, contentRows } = area;
  const last = Math.min(contentRows, offset + rows);
  return `${close}  up/down scroll  ${last} of ${contentRows} lines`;
}

/** Props of {@linkcode Help}. */
export interface HelpProps {
  /** Its size, and that of what it has to say; missing before it was seen. */
  readonly area: Area | undefined;
  /** How far it is scrolled. */
  readonly dialog: HelpDialog;
  /** What it is shown on. */
  readonly screen: Screen;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** The panel with the help, over everything else. */
export function Help({ dialog, area, screen, symbols }: HelpProps): Element {
  const [everywhere, ...others] = KEY_SCOPES;
  const words = <Group title="words" entries={WORDS} symbols={symbols} />;
  const column = { flexDirection: "column", rowGap: 1, flexShrink: 0 } as const;
  const wide = screen.columns >= WIDE_COLUMNS;
  return (
    <Overlay title="help" borderColor={symbols.styles.accent.color}>
      <ScrollBox id={HELP_ID} offset={dialog.offset}>
        {wide
          ? (
            <Box columnGap={3} flexShrink={0}>
              <Box {...column}>
                <Groups scopes={[everywhere]} symbols={symbols} />
              </Box>
              <Box {...column} flexShrink={1}>
                <Groups scopes={others} symbols={symbols} />
                {words}
              </Box>
            </Box>
          )
          : (
            <Box {...column}>
              <Groups scopes={KEY_SCOPES} symbols={symbols} />
              {words}
            </Box>
          )}
      </ScrollBox>
      <Box height={1} flexShrink={0}>
        <Text {...symbols.styles.faint} wrap="truncate">
          {closingText(dialog, area)}
        </Text>
      </Box>
    </Overlay>
  );
}
