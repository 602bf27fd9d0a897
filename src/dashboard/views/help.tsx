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
import { SIDES } from "../plan.ts";
import type { Symbols } from "../symbols.ts";

/** What the words of MEMORY and LOCKS mean. */
const WORDS: readonly (readonly [word: string, meaning: string])[] = [
  ["shared", "copies that are kept: one for each merged content"],
  ["sharing", "copies that are saved: pages beyond the first"],
  ["unshared", "unchanged, and no other page is equal"],
  ["volatile", "changing, skipped, or not placed yet"],
  ["* lock", "one that the kernel's lock_stat does not know"],
];

/** Columns of the words, with what parts them from their meanings. */
const WORD_COLUMNS = 10;
/** The same where meanings have little room: the longest word and a space. */
const WORD_COLUMNS_NARROW = 9;
/** Columns from which on meanings have room enough. */
const ROOMY_COLUMNS = 60;
/** Columns from which on the keys that mean the same everywhere stand beside all else. */
const WIDE_COLUMNS = 110;

/** Columns between the words and the scroll bar. */
const BAR_GAP = 1;

type Entry = readonly [word: string, meaning: string];

interface EntriesProps {
  readonly entries: readonly Entry[];
  readonly wordColumns: number;
}

/** Words in bold, and beside them what they mean. */
function Entries({ entries, wordColumns }: EntriesProps): Element {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {entries.map(([word, meaning]) => (
        <Box flexShrink={0}>
          <Box width={wordColumns} flexShrink={0}>
            <Text bold>{word}</Text>
          </Box>
          <Text>{meaning}</Text>
        </Box>
      ))}
    </Box>
  );
}

interface GroupProps extends EntriesProps {
  readonly title: string;
  readonly symbols: Symbols;
}

/** Entries under a title. */
function Group({ title, symbols, ...entries }: GroupProps): Element {
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Text {...symbols.styles.accent}>{title}</Text>
      <Entries {...entries} />
    </Box>
  );
}

function entriesOf({ keys }: KeyScope<unknown>): Entry[] {
  return keys.map((row) => [row.keys.join(" "), row.does]);
}

interface GroupsProps extends Omit<GroupProps, "title" | "entries"> {
  readonly scopes: readonly KeyScope<unknown>[];
}

function Groups({ scopes, ...look }: GroupsProps): Element {
  return (
    <>
      {scopes.map((scope) => (
        <Group
          title={scope.title}
          entries={entriesOf(scope)}
          {...look}
        />
      ))}
    </>
  );
}

/** How to get about the help: to scroll only where it does not fit, and how far it is; in short where there is little room. */
function closingText(
  { offset }: HelpDialog,
  area: Area | undefined,
  { columns }: Screen,
): string {
  const close = "escape closes";
  if (area === undefined || area.contentRows <= area.rows) return close;
  const { rows, contentRows } = area;
  const seen = `${Math.min(contentRows, offset + rows)} of ${contentRows}`;
  const text = `${close}  up/down scroll  ${seen} lines`;
  return text.length <= columns - SIDES ? text : `${close}  up/down  ${seen}`;
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
  const wordColumns = screen.columns < ROOMY_COLUMNS
    ? WORD_COLUMNS_NARROW
    : WORD_COLUMNS;
  const look = { wordColumns, symbols };
  const words = <Group title="words" entries={WORDS} {...look} />;
  const column = { flexDirection: "column", rowGap: 1, flexShrink: 0 } as const;
  const wide = screen.columns >= WIDE_COLUMNS;
  return (
    <Overlay title="help" borderColor={symbols.styles.accent.color}>
      <ScrollBox id={HELP_ID} offset={dialog.offset}>
        {wide
          ? (
            <Box columnGap={3} flexShrink={0} paddingRight={BAR_GAP}>
              <Box {...column}>
                <Groups scopes={[everywhere]} {...look} />
              </Box>
              <Box {...column} flexShrink={1}>
                <Groups scopes={others} {...look} />
                {words}
              </Box>
            </Box>
          )
          : (
            <Box {...column} paddingRight={BAR_GAP}>
              <Groups scopes={KEY_SCOPES} {...look} />
              {words}
            </Box>
          )}
      </ScrollBox>
      <Box height={1} flexShrink={0}>
        <Text {...symbols.styles.faint} wrap="truncate">
          {closingText(dialog, area, screen)}
        </Text>
      </Box>
    </Overlay>
  );
}
