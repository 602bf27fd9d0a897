/**
 * The top of a tree as a picture: which node stands where.
 *
 * Each level has twice as many places as the one above; a node stands in the
 * middle of its place. Between two levels runs a line from each node to those
 * below it. What is written at a node depends on the columns of its place.
 *
 * @module
 */
import { groupDigits } from "../observe/digits.ts";
import type { TreeEntryView, TreeNodeView } from "../observe/detail.ts";

/** A node at its place. */
export interface PlacedNode {
  /** The node. */
  readonly node: TreeNodeView;
  /** What is written there. */
  readonly text: string;
  /** Column of the first character. */
  readonly left: number;
}

/** A line from a node to those below it. */
export interface Branch {
  /** Column of the node above. */
  readonly from: number;
  /** Column of the smaller node below; missing where there is none. */
  readonly left: number | undefined;
  /** Column of the greater one; likewise. */
  readonly right: number | undefined;
}

/** One level. */
export interface PictureLevel {
  /** Its nodes from left to right. */
  readonly nodes: readonly PlacedNode[];
  /** Lines to the next level; none on the last one. */
  readonly branches: readonly Branch[];
}

/** What of a page's bytes tells nodes apart: the first ones, unless these are the same in all. */
type Bytes = "lead" | "tail";

function entryBytes(
  entry: TreeEntryView,
  bytes: Bytes,
): string | undefined {
  return entry.content?.[bytes];
}

/** All nodes down to a level. */
function nodesTo(
  node: TreeNodeView | undefined,
  levels: number,
): TreeNodeView[] {
  if (node === undefined || levels <= 0) return [];
  return [
    ...nodesTo(node.left, levels - 1),
    node,
    ...nodesTo(node.right, levels - 1),
  ];
}

/** Which bytes of the drawn nodes differ. */
export function tellingBytes(root: TreeNodeView, levels: number): Bytes {
  const nodes = nodesTo(root, levels);
  const leads = nodes.map(({ entry }) => entryBytes(entry, "lead"));
  const known = new Set(leads.filter((lead) => lead !== undefined));
  return known.size === 1 && nodes.length > 1 ? "tail" : "lead";
}

/** What a node stands for, in short: the sharers of a page, the dups of a chain. */
function entryText(entry: TreeEntryView): string {
  switch (entry.kind) {
    case "page":
      return entry.page.isStale
        ? "gone"
        : `${groupDigits(entry.page.sharers)}s`;
    case "chain":
      return `${groupDigits(entry.dupCount)}d`;
    case "item":
      return entry.content === undefined ? "gone" : "";
  }
}

/** The longest way to write a node that has room: colour letter, bytes, what it stands for, and the size of its subtree. */
export function nodeText(
  { isRed, entry, size }: TreeNodeView,
  bytes: Bytes,
  room: number,
): string {
  const letter = isRed ? "R" : "B";
  const content = entryBytes(entry, bytes);
  const digits = (count: number): string =>
    content === undefined
      ? "?".repeat(Math.min(4, count))
      : bytes === "lead"
      ? content.slice(0, count)
      : content.slice(-count);
  const stands = entryText(entry);
  const nodes = `${groupDigits(size)}n`;
  const forms = [
    [letter, digits(16), stands, nodes],
    [letter, digits(8), stands, nodes],
    [letter, digits(4), stands, nodes],
    [letter, digits(4), stands],
    [letter, digits(4)],
  ].map((parts) => parts.filter((part) => part !== "").join(" "));
  const dense = [letter + digits(4), letter + digits(2)];
  return [...forms, ...dense].find(({ length }) => length <= room) ?? letter;
}

/** The middle of a place. */
function middle(index: number, level: number, columns: number): number {
  const width = columns / 2 ** level;
  return Math.floor((index + 0.5) * width);
}

interface Stander {
  readonly node: TreeNodeView;
  readonly index: number;
}

/** The nodes of the next level, by their places. */
function below(standers: readonly Stander[]): Stander[] {
  return standers.flatMap(({ node: { left, right }, index }) => [
    ...(left === undefined ? [] : [{ node: left, index: 2 * index }]),
    ...(right === undefined ? [] : [{ node: right, index: 2 * index + 1 }]),
  ]);
}

function placed(
  { node, index }: Stander,
  level: number,
  columns: number,
  bytes: Bytes,
): PlacedNode {
  // A column between neighbours stays empty.
  const room = Math.max(1, Math.floor(columns / 2 ** level) - 1);
  const text = nodeText(node, bytes, room);
  const at = middle(index, level, columns) - Math.floor(text.length / 2);
  const left = Math.max(0, Math.min(columns - text.length, at));
  return { node, text, left };
}

function branchOf(
  { node, index }: Stander,
  level: number,
  columns: number,
): Branch {
  const to = (child: TreeNodeView | undefined, place: number) =>
    child && middle(place, level + 1, columns);
  return {
    from: middle(index, level, columns),
    left: to(node.left, 2 * index),
    right: to(node.right, 2 * index + 1),
  };
}

/** Columns of a place at least. */
const PLACE_COLUMNS = 3;

/** The levels of a picture that there is room for; a row a level, and one between two levels. */
export function treePicture(
  root: TreeNodeView,
  columns: number,
  rows: number,
): PictureLevel[] {
  const deepest = Math.floor(Math.log2(columns / PLACE_COLUMNS)) + 1;
  const room = Math.max(1, Math.min(Math.ceil(rows / 2), deepest));
  const bytes = tellingBytes(root, room);
  const levels: PictureLevel[] = [];
  let standers: readonly Stander[] = [{ node: root, index: 0 }];
  while (standers.length > 0 && levels.length < room) {
    const level = levels.length;
    const isLast = level + 1 === room;
    levels.push({
      nodes: standers.map((one) => placed(one, level, columns, bytes)),
      branches: isLast
        ? []
        : standers.filter(({ node }) => node.left ?? node.right)
          .map((one) => branchOf(one, level, columns)),
    });
    standers = below(standers);
  }
  return levels;
}
