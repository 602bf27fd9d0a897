/**
 * {@linkcode Static}: what never changes once it has been shown, such as the
 * lines of a log.
 *
 * @module
 */
import { Canvas } from "../canvas.ts";
import type { Cells } from "../cells.ts";
import type { CanvasElement, Element } from "../element.ts";
import type { PlaceProps } from "../layout_props.ts";
import { paintStrip } from "../paint.ts";
import type { Surface } from "../surface.ts";

/** Props of {@linkcode Static}. */
export interface StaticProps<Item extends object> extends PlaceProps {
  /** The items, oldest first. */
  readonly items: readonly Item[];
  /** Makes the picture of an item; must depend on it alone, and be the same function in each frame. */
  readonly item: (item: Item) => Element;
}

/** An item as it was drawn, and for what. */
interface Drawn {
  readonly cells: Cells;
  readonly for: Pick<
    Surface,
    "columns" | "color" | "depth" | "glyphs" | "theme"
  >;
}

type Maker = (item: never) => Element;

/** Strips by the function that makes them and by item, as long as both are in use. */
const drawn = new WeakMap<Maker, WeakMap<object, Drawn>>();

function strip<Item extends object>(
  surface: Surface,
  item: Item,
  make: (item: Item) => Element,
): Cells {
  let strips = drawn.get(make);
  if (strips === undefined) drawn.set(make, strips = new WeakMap());
  const known = strips.get(item);
  const { columns, color, depth, glyphs, theme } = surface;
  const fits = known?.for.columns === columns && known.for.color === color &&
    known.for.depth === depth && known.for.glyphs === glyphs &&
    known.for.theme === theme;
  if (fits) return known.cells;
  const cells = paintStrip(make(item), surface);
  strips.set(item, { cells, for: { columns, color, depth, glyphs, theme } });
  return cells;
}

function drawItems<Item extends object>(
  surface: Surface,
  items: readonly Item[],
  make: (item: Item) => Element,
): void {
  const strips: Cells[] = [];
  let rows = 0;
  for (let at = items.length - 1; at >= 0 && rows < surface.rows; at--) {
    const cells = strip(surface, items[at], make);
    strips.push(cells);
    rows += cells.rows;
  }
  let row = Math.min(0, surface.rows - rows);
  for (const cells of strips.toReversed()) {
    surface.copy(0, row, cells);
    row += cells.rows;
  }
}

/**
 * Items one below the other, of which the newest are seen. Each is laid out
 * once for a width, however many frames show it, and those out of sight not at
 * all, so that a log may be as long as it likes.
 */
export function Static<Item extends object>(
  props: StaticProps<Item>,
): CanvasElement {
  const { items, item, ...place } = props;
  return Canvas({
    flexGrow: 1,
    ...place,
    natural: { columns: 1, rows: Math.max(1, items.length) },
    draw: (surface) => drawItems(surface, items, item),
  });
}
