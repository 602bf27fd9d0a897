/**
 * The bottom line: the keys, or what the user has to know just now.
 *
 * @module
 */
import { KEYS } from "../keys.ts";
import type { Heading } from "./rule.ts";
import type { Span } from "./span.ts";

/** Each key of the legend with its word. */
const ENTRIES: readonly (readonly Span[])[] = KEYS.flatMap(
  ({ keys: [key], legend }) =>
    legend === undefined
      ? []
      : [[{ text: key, bold: true }, { text: ` ${legend}` }]],
);

/** The first entries of the legend. */
function legend(count: number): Span[] {
  return ENTRIES.slice(0, count).flatMap((entry, index) =>
    index === 0 ? entry : [{ text: "  " }, ...entry]
  );
}

/** The bottom line: a notice if there is one, else as many keys as fit whole. */
export function footerHeading(notice: string | undefined): Heading {
  if (notice !== undefined) {
    return [{ start: [{ text: notice, color: "yellow", bold: true }] }];
  }
  return ENTRIES.map((_, index) => ({ start: legend(ENTRIES.length - index) }));
}
