/**
 * The drawn top of a red-black tree.
 *
 * @module
 */
import type { TreeNodeView } from "../../observe/detail.ts";
import {
  Canvas,
  type CanvasElement,
  type Surface,
  type TextStyle,
} from "../../tui/mod.ts";
import { charactersFor, type Symbols } from "../symbols.ts";
import { type Branch, treePicture } from "../tree_picture.ts";

/** Black nodes are bold, since black letters would be invisible on black. */
function nodeStyle({ isRed }: TreeNodeView, { styles }: Symbols): TextStyle {
  return isRed ? styles["node-red"] : { bold: true };
}

function drawBranch(
  surface: Surface,
  { from, left, right }: Branch,
  row: number,
): void {
  const { glyphs } = surface;
  const { horizontal, vertical, ...corners } = glyphs.borders.single;
  const { joints } = charactersFor(glyphs);
  const style = { dim: true };
  const start = left ?? from;
  const end = right ?? from;
  const line = horizontal.repeat(Math.max(0, end - start + 1));
  surface.put(start, row, line, style);
  if (left !== undefined) surface.put(left, row, corners.topLeft, style);
  if (right !== undefined) surface.put(right, row, corners.topRight, style);
  const turn = left === undefined
    ? corners.bottomLeft
    : right === undefined
    ? corners.bottomRight
    : joints.fromAbove;
  const straight = start === end ? vertical : turn;
  surface.put(from, row, straight, style);
}

function drawTree(
  surface: Surface,
  root: TreeNodeView,
  symbols: Symbols,
): void {
  const levels = treePicture(root, surface.columns, surface.rows);
  levels.forEach(({ nodes, branches }, level) => {
    const row = 2 * level;
    for (const { node, text, left } of nodes) {
      surface.put(left, row, text, nodeStyle(node, symbols));
    }
    for (const branch of branches) drawBranch(surface, branch, row + 1);
  });
}

/** Props of {@linkcode TreeCanvas}. */
export interface TreeCanvasProps {
  /** The uppermost node. */
  readonly root: TreeNodeView;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** As many levels as there is room for. */
export function TreeCanvas(
  { root, symbols }: TreeCanvasProps,
): CanvasElement {
  return Canvas({
    flexGrow: 1,
    draw: (surface) => drawTree(surface, root, symbols),
  });
}
