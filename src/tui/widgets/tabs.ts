/**
 * {@linkcode Tabs}: one line with the names of views, of which one is shown.
 *
 * @module
 */
import type { MouseHitEvent } from "../app.ts";
import { Canvas } from "../canvas.ts";
import type { CanvasElement } from "../element.ts";
import { textWidth } from "../grapheme.ts";
import type { PlaceProps } from "../layout_props.ts";
import type { Surface } from "../surface.ts";

/** Props of {@linkcode Tabs}. */
export interface TabsProps extends PlaceProps {
  /** The names from left to right. */
  readonly titles: readonly string[];
  /** Index of the one that is shown; it stands in brackets. */
  readonly selected: number;
}

/** Columns of a tab: its name between brackets or spaces. */
function tabWidth(title: string): number {
  return textWidth(title) + 2;
}

/** The first tab drawn: as few are left out as needed for the selected one to be seen whole. */
function firstTab(
  titles: readonly string[],
  selected: number,
  columns: number,
): number {
  let first = Math.max(0, Math.min(selected, titles.length - 1));
  let width = first < titles.length ? tabWidth(titles[first]) : 0;
  while (first > 0 && width + tabWidth(titles[first - 1]) <= columns) {
    first--;
    width += tabWidth(titles[first]);
  }
  return first;
}

function drawTabs(surface: Surface, { titles, selected }: TabsProps): void {
  const { columns, styles } = surface;
  const first = firstTab(titles, selected, columns);
  let left = 0;
  for (let index = first; index < titles.length && left < columns; index++) {
    const shown = index === selected;
    const title = titles[index];
    const text = shown ? `[${title}]` : ` ${title} `;
    const width = surface.put(left, 0, text, shown ? styles.focus : {});
    const area = { left, top: 0, columns: width, rows: 1 };
    surface.mark({ kind: "tab", index }, area);
    left += width;
  }
}

/** The names of views side by side, the one that is shown in brackets; it is always among those seen. */
export function Tabs(props: TabsProps): CanvasElement {
  const { titles, selected, ...place } = props;
  const columns = titles.reduce((sum, title) => sum + tabWidth(title), 0);
  return Canvas({
    flexShrink: 0,
    height: 1,
    ...place,
    natural: { columns: Math.max(1, columns), rows: 1 },
    draw: (surface) => drawTabs(surface, { titles, selected }),
  });
}

/** The index of the tab so many further on the right; after the last comes the first. */
export function tabAfter(selected: number, by: number, count: number): number {
  return count === 0 ? 0 : ((selected + by) % count + count) % count;
}

/** The index of the tab that a click on the tabs with that id asks for. */
export function tabsMouse(
  event: MouseHitEvent,
  id: string,
): number | undefined {
  const part = event.hits.find((hit) => hit.id === id)?.part;
  const clicks = event.action === "press" && event.button === "left";
  return clicks && part?.kind === "tab" ? part.index : undefined;
}
