/**
 * What the heading of a panel says besides its own words: whether the focus is
 * there, and which of its rows are left out.
 *
 * @module
 */
import type { PanelName } from "../panels.ts";
import { passingCount } from "../rows.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import type { Heading } from "./rule.ts";
import { seenTitles } from "./seen_titles.ts";
import type { Span } from "./span.ts";

/** The filter of a panel, and how many pass it; nothing where all do. */
function filterSpans(
  state: DashboardState,
  panel: PanelName,
  { styles }: Symbols,
): Span[] {
  const { [panel]: filter = "" } = state.filters;
  if (filter === "") return [];
  const text = `  /${filter}/ ${passingCount(state, panel)}`;
  return [{ text, ...styles.notice }];
}

/** What rows are sorted by, where that column has no room, so that no arrow stands over it. */
function sortSpans(
  state: DashboardState,
  panel: PanelName,
  { styles, descending, ascending }: Symbols,
): Span[] {
  const sort = state.sorts[panel];
  const seen = seenTitles(state, panel);
  if (sort === undefined || seen === undefined || seen.includes(sort.by)) {
    return [];
  }
  const arrow = sort.descending ? descending : ascending;
  return [{ text: `  ${arrow}${sort.by}`, ...styles.notice }];
}

/** The heading of a panel, marked where it has the focus, with its filter, and with what it is sorted by where that is not to be seen. */
export function titled(
  state: DashboardState,
  panel: PanelName,
  heading: Heading,
  symbols: Symbols,
): Heading {
  const { focused, zoomed } = state;
  const hasFocus = focused === panel && zoomed === undefined;
  const filter = filterSpans(state, panel, symbols);
  const sort = sortSpans(state, panel, symbols);
  return heading.map(({ start: [title, ...more], ...others }) => ({
    ...others,
    panel,
    start: title === undefined ? [] : [
      hasFocus
        ? { ...title, text: `${symbols.focus} ${title.text}`, inverse: true }
        : title,
      ...filter,
      ...sort,
      ...more,
    ],
  }));
}
