/**
 * The menus: workloads to go on with, and ways to export what is seen.
 *
 * @module
 */
import {
  Box,
  type Element,
  Overlay,
  type Screen,
  Table,
  Text,
} from "../../tui/mod.ts";
import { MENU_ID, type MenuDialog } from "../dialogs.ts";
import { EXPORTS } from "../exports.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";

/** Columns that a dialog takes at most. */
const DIALOG_COLUMNS_MAX = 100;

/** Columns inside of a dialog: border and space beside it are left over. */
export function dialogColumns({ columns }: Screen): number {
  return Math.min(columns, DIALOG_COLUMNS_MAX) - 4;
}

interface Entry {
  readonly name: string;
  readonly what: string;
}

interface Menu {
  readonly title: string;
  readonly hint: string;
  readonly entries: readonly Entry[];
}

function menuOf(
  { workloads }: DashboardState,
  { kind }: MenuDialog,
): Menu {
  if (kind === "export") {
    const entries = EXPORTS.map(({ format, what }) => ({ name: format, what }));
    return { title: "export", hint: "enter writes a file", entries };
  }
  const entries = workloads.map(({ name, title }) => ({ name, what: title }));
  return { title: "workloads", hint: "enter starts it anew", entries };
}

/** Rows for the chosen entry in full. */
const WHAT_ROWS = 2;

/** Rows besides the list: two of border, those for the chosen entry, and one for the keys. */
const OTHER_ROWS = 3 + WHAT_ROWS;

/** Props of {@linkcode MenuList}. */
export interface MenuListProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** What is open. */
  readonly dialog: MenuDialog;
  /** What it is shown on. */
  readonly screen: Screen;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** A list; below it the chosen entry in full. */
export function MenuList(props: MenuListProps): Element {
  const { state, dialog, screen, symbols: { styles } } = props;
  const { title, hint, entries } = menuOf(state, dialog);
  const room = Math.max(2, screen.rows - OTHER_ROWS);
  const isLong = dialog.kind === "workloads";
  return (
    <Overlay title={title} borderColor={styles.accent.color}>
      <Box
        width={isLong ? dialogColumns(screen) : undefined}
        flexDirection="column"
        overflow="hidden"
      >
        <Table
          id={MENU_ID}
          height={Math.min(entries.length, room)}
          flexShrink={0}
          titles={false}
          gutter
          selected={dialog.chosen}
          columns={[
            { title: "", cell: ({ name }) => name, priority: 1 },
            { title: "", cell: ({ what }) => what, grows: isLong },
          ]}
          rows={entries}
        />
        {isLong && (
          <Box height={WHAT_ROWS} flexShrink={0} overflow="hidden">
            <Text>{entries.at(dialog.chosen)?.what}</Text>
          </Box>
        )}
        <Text {...styles.faint} wrap="truncate">
          {`${hint}  escape closes`}
        </Text>
      </Box>
    </Overlay>
  );
}
