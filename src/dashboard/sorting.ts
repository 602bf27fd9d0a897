/**
 * How the user changes the order of rows.
 *
 * @module
 */
import type { Sort } from "../tui/mod.ts";
import {
  ACTOR_ORDERS,
  LOCK_CLASS_ORDERS,
  LOCK_ORDERS,
  type Order,
  PROCESS_ORDERS,
} from "./orders.ts";
import type { PanelName } from "./panels.ts";
import { listPanel } from "./rows.ts";
import type { DashboardState } from "./state.ts";
import { seenTitles } from "./views/seen_titles.ts";

/** What is to be known of an order to sort by it. */
type OrderName = Pick<Order<never>, "title" | "descending">;

/** The orders that a panel has, by the titles of its columns that are seen. */
function ordersOf(
  state: DashboardState,
  panel: PanelName,
): readonly OrderName[] {
  const seen = seenTitles(state, panel);
  const all = allOrdersOf(state, panel);
  return seen === undefined
    ? all
    : all.filter(({ title }) => seen.includes(title));
}

/** The orders that a panel has, also by columns that there is no room for. */
function allOrdersOf(
  { zoomed }: DashboardState,
  panel: PanelName,
): readonly OrderName[] {
  switch (panel) {
    case "locks":
      return zoomed === "locks" ? LOCK_CLASS_ORDERS : LOCK_ORDERS;
    case "ksmd":
      return ACTOR_ORDERS;
    case "processes":
      return zoomed === "processes"
        ? PROCESS_ORDERS
        : PROCESS_ORDERS.filter(({ title }) => title !== "zero");
    default:
      return [];
  }
}

const NO_ORDER = "Rows of LOCKS, KSMD and PROCESSES can be sorted: tab to one";

function withSort(
  state: DashboardState,
  panel: PanelName,
  sort: Sort | undefined,
): DashboardState {
  const { [panel]: _, ...others } = state.sorts;
  const sorts = sort === undefined ? others : { ...others, [panel]: sort };
  return { ...state, sorts };
}

/** Whether there are rows that can be sorted. */
export function canSort(state: DashboardState): boolean {
  const panel = listPanel(state);
  return panel !== undefined && ordersOf(state, panel).length > 0;
}

/** The state with rows sorted by the next column; after the last one, as they come. */
export function sortedByNext(state: DashboardState): DashboardState {
  const panel = listPanel(state);
  const orders = panel === undefined ? [] : ordersOf(state, panel);
  if (panel === undefined || orders.length === 0) {
    return { ...state, notice: NO_ORDER };
  }
  const by = state.sorts[panel]?.by;
  const next = orders.at(orders.findIndex(({ title }) => title === by) + 1);
  return withSort(
    state,
    panel,
    next && { by: next.title, descending: next.descending },
  );
}

/** The state with rows sorted the other way round; by the first column where they stand as they come. */
export function sortedReverse(state: DashboardState): DashboardState {
  const panel = listPanel(state);
  const sort = panel && state.sorts[panel];
  return panel === undefined || sort === undefined
    ? sortedByNext(state)
    : withSort(state, panel, { ...sort, descending: !sort.descending });
}

/** The state with the rows of a panel sorted by the column of that title; the other way round if they were. */
export function sortedBy(
  state: DashboardState,
  panel: PanelName,
  title: string,
): DashboardState {
  const order = ordersOf(state, panel).find((one) => one.title === title);
  if (order === undefined) return state;
  const sort = state.sorts[panel];
  const descending = sort?.by === title ? !sort.descending : order.descending;
  return withSort(state, panel, { by: title, descending });
}
