/**
 * What a tree remembers between two frames, and how it answers its user.
 *
 * @module
 */
import type { MouseHitEvent } from "../app.ts";
import type { KeyMap } from "../key_map.ts";
import type { TextStyle } from "../style.ts";
import {
  type ListAction,
  listKeys,
  listMouse,
  updateWindow,
} from "./list_window.ts";

/** A node of a tree, with all below it. */
export interface TreeNode {
  /** Tells it from all others of the tree. */
  readonly key: string;
  /** Its text. */
  readonly label: string;
  /** A text at the right edge. */
  readonly detail?: string | undefined;
  /** How its text looks. */
  readonly style?: TextStyle | undefined;
  /** What is below it; a node without children cannot be unfolded. */
  readonly children?: readonly TreeNode[] | undefined;
}

/** What a tree remembers: plain data for the app's state. */
export interface TreeState {
  /** Keys of the nodes that are unfolded. */
  readonly unfolded: readonly string[];
  /** Key of the chosen node; missing where none is. */
  readonly selected: string | undefined;
  /** Index of the first row that is seen. */
  readonly offset: number;
}

/** A tree that nobody has touched: its roots alone. */
export const NEW_TREE: TreeState = {
  unfolded: [],
  selected: undefined,
  offset: 0,
};

/** What can be done with a tree. */
export type TreeAction =
  | ListAction
  /** Unfolds the chosen node; where it is unfolded, chooses its first child. */
  | { readonly kind: "unfold" }
  /** Folds the chosen node; where it is folded, chooses its parent. */
  | { readonly kind: "fold" }
  /** Folds or unfolds the chosen node. */
  | { readonly kind: "toggle" }
  /** Folds or unfolds the node of a row, and chooses it. */
  | { readonly kind: "toggle-row"; readonly index: number };

/** A node in its row. */
export interface TreeRow {
  /** The node. */
  readonly node: TreeNode;
  /** Index of its parent's row; missing for a root. */
  readonly parent: number | undefined;
  /** For each level from the roots to its own, whether a further sibling follows. */
  readonly followed: readonly boolean[];
  /** Whether it is unfolded. */
  readonly unfolded: boolean;
}

/** The rows of a tree from top to bottom: all nodes that no folded one hides. */
export function treeRows(
  roots: readonly TreeNode[],
  unfolded: readonly string[],
): TreeRow[] {
  const open = new Set(unfolded);
  const rows: TreeRow[] = [];
  const add = (
    nodes: readonly TreeNode[],
    parent: number | undefined,
    above: readonly boolean[],
  ): void => {
    nodes.forEach((node, index) => {
      const { key, children = [] } = node;
      const followed = [...above, index < nodes.length - 1];
      const shows = children.length > 0 && open.has(key);
      const row = rows.push({ node, parent, followed, unfolded: shows }) - 1;
      if (shows) add(children, row, followed);
    });
  };
  add(roots, undefined, []);
  return rows;
}

function toggled(state: TreeState, { node, unfolded }: TreeRow): TreeState {
  if ((node.children ?? []).length === 0) return state;
  const others = state.unfolded.filter((key) => key !== node.key);
  return { ...state, unfolded: unfolded ? others : [...others, node.key] };
}

/** Index of the row with the chosen node, if it is among them. */
function selectedRow(
  rows: readonly TreeRow[],
  state: TreeState,
): number | undefined {
  const index = rows.findIndex(({ node }) => node.key === state.selected);
  return index < 0 ? undefined : index;
}

/** The tree with a row chosen and in sight. */
function moved(
  state: TreeState,
  action: ListAction,
  rows: readonly TreeRow[],
  room: number,
): TreeState {
  const selected = selectedRow(rows, state);
  const window = { selected, offset: state.offset };
  const after = updateWindow(window, action, rows.length, room);
  const key = after.selected === undefined
    ? undefined
    : rows[after.selected].node.key;
  return { ...state, selected: key, offset: after.offset };
}

/** A tree after an action; `room` is the rows that there are for it. */
export function updateTree(
  state: TreeState,
  action: TreeAction,
  roots: readonly TreeNode[],
  room: number,
): TreeState {
  const rows = treeRows(roots, state.unfolded);
  const index = action.kind === "toggle-row"
    ? action.index
    : selectedRow(rows, state);
  const row = index === undefined ? undefined : rows.at(index);
  const choose = (to: number): TreeState =>
    moved(state, { kind: "choose", index: to }, rows, room);
  const toggle = (): TreeState => {
    if (row === undefined) return state;
    const chosen = { ...state, selected: row.node.key };
    const next = toggled(chosen, row);
    const seen = treeRows(roots, next.unfolded);
    return moved(next, { kind: "move", by: 0 }, seen, room);
  };
  switch (action.kind) {
    case "unfold":
      if (row === undefined || index === undefined) return state;
      return row.unfolded ? choose(index + 1) : toggle();
    case "fold":
      if (row === undefined) return state;
      if (row.unfolded) return toggle();
      return row.parent === undefined ? state : choose(row.parent);
    case "toggle":
    case "toggle-row":
      return toggle();
    default:
      return moved(state, action, rows, room);
  }
}

/** The keys of a tree, for a key map. */
export function treeKeys<Message>(
  message: (action: TreeAction) => Message,
): KeyMap<Message> {
  return [
    ...listKeys<Message>(message),
    {
      keys: ["right", "l"],
      does: "unfolds, or goes to the first below",
      message: message({ kind: "unfold" }),
    },
    {
      keys: ["left", "h"],
      does: "folds, or goes to the one above",
      message: message({ kind: "fold" }),
    },
    {
      keys: ["enter"],
      does: "folds or unfolds",
      message: message({ kind: "toggle" }),
    },
  ];
}

/** What the mouse does to the tree with that id: a click on a sign folds or unfolds, one on a row chooses it, the wheel scrolls. */
export function treeMouse(
  event: MouseHitEvent,
  id: string,
): TreeAction | undefined {
  const part = event.hits.find((hit) => hit.id === id)?.part;
  const toggles = part?.kind === "sign" && event.action === "press" &&
    event.button === "left";
  return toggles
    ? { kind: "toggle-row", index: part.index }
    : listMouse(event, id);
}
