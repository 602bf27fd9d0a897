/**
 * How the heading of the panel with the focus is set apart.
 *
 * @module
 */
import type { PanelName } from "../panels.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import type { Heading } from "./rule.ts";

/** The heading of a panel, marked where it has the focus. */
export function titled(
  { focused, zoomed }: Pick<DashboardState, "focused" | "zoomed">,
  panel: PanelName,
  heading: Heading,
  symbols: Symbols,
): Heading {
  if (focused !== panel || zoomed !== undefined) return heading;
  return heading.map(({ start: [title, ...more], ...others }) => ({
    ...others,
    start: title === undefined ? [] : [
      { ...title, text: `${symbols.focus} ${title.text}`, inverse: true },
      ...more,
    ],
  }));
}
