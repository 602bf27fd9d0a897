/**
 * Titles that are seen over the list of a panel: of a zoomed one as it will be
 * drawn, so that keys that come faster than frames do not go by what was seen
 * before; of a panel among others as it was drawn last.
 *
 * @module
 */
import {
  ASCII_GLYPHS,
  measuredColumns,
  placedColumns,
  type TableColumn,
} from "../../tui/mod.ts";
import type { PanelName } from "../panels.ts";
import { SIDES } from "../plan.ts";
import { actorRows, lockClassRows } from "../rows.ts";
import type { DashboardState } from "../state.ts";
import { symbolsFor } from "../symbols.ts";
import { actorColumns } from "./actors.tsx";
import { lockStatColumns } from "./lock_stat_table.tsx";
import { processColumns, processLines } from "./processes_detail.tsx";

/** Columns of the mark of the chosen row. */
const GUTTER = 2;

function placedTitles<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  { screen }: DashboardState,
): string[] {
  const room = screen.columns - SIDES - GUTTER;
  return placedColumns(measuredColumns(columns, rows), room)
    .map(({ column }) => column.title);
}

/** The titles over the list of a panel; missing where it is not known what is seen. */
export function seenTitles(
  state: DashboardState,
  panel: PanelName,
): readonly string[] | undefined {
  if (state.zoomed !== panel) return state.panelTitles[panel];
  // All sets of characters are as wide as each other.
  const symbols = symbolsFor(
    { color: false, glyphs: ASCII_GLYPHS },
    state.theme,
  );
  switch (panel) {
    case "locks":
      return placedTitles(
        lockStatColumns(state, symbols),
        lockClassRows(state),
        state,
      );
    case "ksmd":
      return placedTitles(
        actorColumns(state, symbols),
        actorRows(state),
        state,
      );
    case "processes":
      return placedTitles(
        processColumns(state, symbols),
        processLines(state),
        state,
      );
    default:
      return undefined;
  }
}
