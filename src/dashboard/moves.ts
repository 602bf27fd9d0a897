/**
 * How the user goes about panels and their rows.
 *
 * @module
 */
import { windowLength } from "../tui/mod.ts";
import { chosenRow, firstChoice, rowAt, rowNames } from "./choice.ts";
import { stepBack } from "./dialogs.ts";
import { enteredMap, type MapMove, movedOnMap } from "./map_cursor.ts";
import { type PanelName, PANELS, TABLE_PANELS } from "./panels.ts";
import { listPanel, rowCount } from "./rows.ts";
import type { DashboardState } from "./state.ts";

/** The state with a panel zoomed; the one that was, given back. */
export function zoom(state: DashboardState, panel: PanelName): DashboardState {
  const zoomed = state.zoomed === panel ? undefined : panel;
  const focused = panel;
  const map = zoomed === "map" ? enteredMap(state) : {};
  const { dialog } = state;
  return {
    ...state,
    ...map,
    zoomed,
    focused,
    chosen: firstChoice({ ...state, zoomed }),
    dialog: dialog?.kind === "help" ? undefined : dialog,
  };
}

/** The state with the focus on a panel: the zoom goes along. */
export function focus(state: DashboardState, panel: PanelName): DashboardState {
  return state.zoomed === undefined || state.zoomed === panel
    ? { ...state, focused: panel }
    : zoom(state, panel);
}

/** The state with the focus on the next panel of those on the screen, or on the one before; at the end it goes on at the start. */
export function focusNext(state: DashboardState, by: 1 | -1): DashboardState {
  const panels = PANELS.filter((panel) => state.panelRows[panel] !== undefined);
  const { length } = panels;
  if (length === 0) return state;
  const at = panels.findIndex((panel) => panel === state.focused);
  const next = at < 0 && by < 0 ? -1 : at + by;
  return focus(state, panels[(next + length) % length]);
}

/** The state with a row chosen so many further down; among other panels the one with the focus scrolls. */
export function choose(state: DashboardState, by: number): DashboardState {
  const panel = listPanel(state);
  if (state.zoomed === undefined) {
    return panel === undefined ? state : scroll(state, panel, by);
  }
  return { ...state, chosen: rowAt(state, chosenRow(state) + by) };
}

/** The state after a move on the page map, which is one only where it has the whole screen. */
export function go(state: DashboardState, move: MapMove): DashboardState {
  return state.zoomed === "map"
    ? { ...state, ...movedOnMap(state, move) }
    : state;
}

/** The state one step back: what lies over the panels goes first, then the filter, then the zoom. */
export function back(state: DashboardState): DashboardState {
  if (state.dialog !== undefined) return stepBack(state);
  const panel = listPanel(state);
  const filter = panel && state.filters[panel];
  if (panel === undefined || filter === undefined || filter === "") {
    return { ...state, zoomed: undefined, chosen: undefined };
  }
  return { ...state, filters: { ...state.filters, [panel]: "" } };
}

/** The state after a click: it chooses a row where rows can be chosen; elsewhere the second one on a panel zooms. */
export function click(
  state: DashboardState,
  panel: PanelName,
  row: number | undefined,
): DashboardState {
  if (state.zoomed !== undefined) {
    return row === undefined || rowNames(state).length === 0
      ? state
      : { ...state, chosen: rowAt(state, row) };
  }
  return state.clicked === panel
    ? zoom(state, panel)
    : { ...state, clicked: panel };
}

/** The state with the list of a panel scrolled, as far as there is more of it to see. */
export function scroll(
  state: DashboardState,
  panel: PanelName,
  by: number,
): DashboardState {
  const down = panel === "events" ? -by : by;
  const count = rowCount(state, panel);
  const room = state.panelRows[panel] ?? 1;
  const seen = TABLE_PANELS.includes(panel)
    ? windowLength(count, room)
    : Math.min(count, room);
  const to = (state.scrolls[panel] ?? 0) + down;
  const scrolled = Math.max(0, Math.min(count - seen, to));
  return { ...state, scrolls: { ...state.scrolls, [panel]: scrolled } };
}
