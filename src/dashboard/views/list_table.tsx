/**
 * The list of a panel as a table under titles, and words where it has no rows.
 *
 * @module
 */
import {
  Box,
  type Element,
  Table,
  type TableProps,
  Text,
  textWidth,
} from "../../tui/mod.ts";
import { rowsId } from "../mouse.ts";
import type { PanelName } from "../panels.ts";
import { noRowText } from "../rows.ts";
import type { DashboardState } from "../state.ts";

/** Props of {@linkcode ListTable}. */
export interface ListTableProps<Row> extends TableProps<Row> {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The panel that the list belongs to. */
  readonly panel: PanelName;
  /** What is said where there are no rows, filtered or not. */
  readonly none: string;
}

/** The table; where it has no rows, its titles, and below them why. */
export function ListTable<Row>(props: ListTableProps<Row>): Element {
  const { state, panel, none, ...table } = props;
  if (table.rows.length > 0) return <Table id={rowsId(panel)} {...table} />;
  return (
    <Box flexDirection="column" flexGrow={1} overflow="hidden">
      <Table
        id={rowsId(panel)}
        {...table}
        height={1}
        flexGrow={0}
        flexShrink={0}
      />
      <Text dim wrap="truncate">{noRowText(state, panel, none)}</Text>
    </Box>
  );
}

/** Width of a column of names: it holds the longest one of all, whichever of them pass a filter, between a least and a greatest width. */
export function namesWidth(
  names: readonly string[],
  least: number,
  most: number,
): number {
  const longest = Math.max(0, ...names.map(textWidth));
  return Math.min(most, Math.max(least, longest));
}
