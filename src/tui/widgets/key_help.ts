/**
 * The two views of a key map: {@linkcode KeyLegend} on one line, and
 * {@linkcode KeyHelp} in full.
 *
 * @module
 */
import { Canvas } from "../canvas.ts";
import type { CanvasElement } from "../element.ts";
import { textWidth } from "../grapheme.ts";
import type { KeyMap } from "../key_map.ts";
import type { Surface } from "../surface.ts";
import { Table } from "./table.ts";

/** Props of {@linkcode KeyHelp} and {@linkcode KeyLegend}. */
export interface KeyMapProps {
  /** The key map; messages are not looked at. */
  readonly keys: KeyMap<unknown>;
}

/** A table of all keys and what they do. */
export function KeyHelp({ keys }: KeyMapProps): CanvasElement {
  return Table({
    columns: [
      {
        title: "key",
        cell: (binding) => binding.keys.join(" "),
        priority: 1,
        style: () => ({ bold: true }),
      },
      { title: "does", cell: (binding) => binding.does },
    ],
    rows: keys,
  });
}

const GAP = 2;

/** Writes entries while they fit whole: half a word helps nobody. */
function drawLegend(surface: Surface, keys: KeyMap<unknown>): void {
  let column = 0;
  for (const { keys: [key], legend } of keys) {
    if (legend === undefined) continue;
    const width = textWidth(key) + 1 + textWidth(legend);
    if (column + width > surface.columns) return;
    column += surface.put(column, 0, key, { bold: true });
    column += surface.put(column, 0, ` ${legend}`) + GAP;
  }
}

/** One line with the most needed keys, as many as fit. */
export function KeyLegend({ keys }: KeyMapProps): CanvasElement {
  return Canvas({
    natural: { columns: 1, rows: 1 },
    flexGrow: 1,
    draw: (surface) => drawLegend(surface, keys),
  });
}
