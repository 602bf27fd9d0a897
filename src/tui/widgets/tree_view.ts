/**
 * {@linkcode TreeView}: what lies below what, to fold and unfold.
 *
 * @module
 */
import { Canvas } from "../canvas.ts";
import type { CanvasElement } from "../element.ts";
import type { Glyphs } from "../glyphs.ts";
import { textWidth } from "../grapheme.ts";
import type { PlaceProps } from "../layout_props.ts";
import type { Surface } from "../surface.ts";
import { clampedOffset, moreText, windowLength } from "./list_window.ts";
import {
  type TreeNode,
  type TreeRow,
  treeRows,
  type TreeState,
} from "./tree_state.ts";

/** Props of {@linkcode TreeView}. */
export interface TreeViewProps extends PlaceProps {
  /** The nodes at the top. */
  readonly roots: readonly TreeNode[];
  /** What is unfolded, chosen and seen. */
  readonly state: TreeState;
}

/** The lines from the roots to a node: past the children of those above, and then to itself. */
function linesOf({ followed }: TreeRow, { tree }: Glyphs): string {
  if (followed.length === 1) return "";
  const past = followed.slice(1, -1)
    .map((follows) => follows ? tree.past : "  ").join("");
  return past + (followed.at(-1) ? tree.branch : tree.last);
}

/** The sign that says whether a node can be folded or unfolded; a space where neither. */
function signOf({ node, unfolded }: TreeRow, glyphs: Glyphs): string {
  if ((node.children ?? []).length === 0) return " ";
  return unfolded ? glyphs.unfolded : glyphs.folded;
}

/** Columns of a row: marker, lines, sign, a space, and the texts. */
function rowWidth({ node, followed }: TreeRow): number {
  const { label, detail } = node;
  const texts = textWidth(label) +
    (detail === undefined ? 0 : 2 + textWidth(detail));
  return 2 + 2 * (followed.length - 1) + 2 + texts;
}

/** The text at the right edge, if the label leaves room for it whole. */
function putDetail(
  surface: Surface,
  row: number,
  { detail }: TreeNode,
  from: number,
  inverse: Surface["styles"]["selected"],
): void {
  if (detail === undefined) return;
  const left = surface.columns - textWidth(detail);
  if (left >= from + 1) surface.put(left, row, detail, inverse);
}

function drawNode(
  surface: Surface,
  line: TreeRow,
  index: number,
  row: number,
  chosen: boolean,
): void {
  const { columns, glyphs, styles } = surface;
  const base = chosen ? styles.selected : {};
  surface.put(0, row, " ".repeat(columns), base);
  if (chosen) surface.put(0, row, glyphs.marker, base);
  surface.mark({ kind: "row", index }, { left: 0, top: row, columns, rows: 1 });
  let column = 2;
  column += surface.put(column, row, linesOf(line, glyphs), {
    ...styles.faint,
    ...base,
  });
  const area = { left: column, top: row, columns: 1, rows: 1 };
  const folds = (line.node.children ?? []).length > 0;
  if (folds) surface.mark({ kind: "sign", index }, area);
  column += surface.put(column, row, signOf(line, glyphs), base) + 1;
  const style = { ...line.node.style, ...base };
  column += surface.put(column, row, line.node.label, style);
  putDetail(surface, row, line.node, column, base);
}

function drawTree(
  surface: Surface,
  lines: readonly TreeRow[],
  state: TreeState,
): void {
  const { rows, columns, styles } = surface;
  const count = lines.length;
  const from = clampedOffset(state.offset, count, rows);
  const to = from + windowLength(count, rows);
  for (let index = from; index < to; index++) {
    const line = lines[index];
    const chosen = line.node.key === state.selected;
    drawNode(surface, line, index, index - from, chosen);
  }
  if (to - from < count) {
    const text = moreText(from, count - to, columns);
    surface.put(0, to - from, text, styles.faint);
  }
}

/**
 * Nodes one below the other, each with a line to its parent. `tree_state` keeps
 * what the user does with it:
 *
 * ```tsx
 * import assert from "node:assert/strict";
 * import {
 *   type App,
 *   NEW_TREE,
 *   type TreeAction,
 *   treeKeys,
 *   type TreeNode,
 *   TreeView,
 *   updateTree,
 * } from "ksmscope/tui";
 * import { mount } from "ksmscope/tui/testing";
 *
 * const ROOTS: readonly TreeNode[] = [
 *   { key: "fruit", label: "fruit", detail: "2", children: [
 *     { key: "apple", label: "apple" },
 *     { key: "pear", label: "pear" },
 *   ] },
 *   { key: "bread", label: "bread" },
 * ];
 *
 * const app: App<typeof NEW_TREE, TreeAction> = {
 *   init: NEW_TREE,
 *   update: (state, action) => updateTree(state, action, ROOTS, 4),
 *   view: (state) => <TreeView roots={ROOTS} state={state} width={12} />,
 *   keys: () => treeKeys((action) => action),
 *   ended: () => false,
 * };
 *
 * const screen = mount(app, { columns: 12, rows: 4 });
 * screen.press("down", "right", "right");
 * assert.equal(
 *   screen.frame(),
 *   [
 *     "  ▾ fruit  2",
 *     "❯ ├   apple",
 *     "  └   pear",
 *     "    bread",
 *   ].join("\n"),
 * );
 * ```
 */
export function TreeView(props: TreeViewProps): CanvasElement {
  const { roots, state, ...place } = props;
  const lines = treeRows(roots, state.unfolded);
  return Canvas({
    ...place,
    natural: {
      columns: Math.max(1, ...lines.map(rowWidth)),
      rows: lines.length,
    },
    draw: (surface) => drawTree(surface, lines, state),
  });
}
