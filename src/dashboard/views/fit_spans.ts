/**
 * A line in several styles that says as much as there is room for.
 *
 * @module
 */
import { Canvas, type CanvasElement } from "../../tui/mod.ts";
import { putSpans, type Span, spansWidth } from "./span.ts";

/** Props of {@linkcode FitSpans}. */
export interface FitSpansProps {
  /** The same at length and in fewer and fewer words: the first that fits is shown, or what fits of the last. */
  readonly variants: readonly (readonly Span[])[];
}

/** One line that takes what the others on its row leave over. */
export function FitSpans({ variants }: FitSpansProps): CanvasElement {
  return Canvas({
    height: 1,
    flexGrow: 1,
    flexBasis: 0,
    draw: (surface) => {
      const { columns } = surface;
      const fits = (spans: readonly Span[]) => spansWidth(spans) <= columns;
      const shown = variants.find(fits) ?? variants.at(-1) ?? [];
      putSpans(surface, 0, 0, shown, columns);
    },
  });
}
