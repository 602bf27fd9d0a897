/** What tests of the red-black tree need: trees of numbers, and their drawing. */
import { RbLinks, RbTree } from "../../src/engine/lib/rbtree.ts";

/** Node handles are their own keys. */
export type NumberTree = RbTree<number>;

/** An empty tree for keys below `capacity`. */
export function numberTree(capacity: number): NumberTree {
  return new RbTree<number>(new RbLinks(capacity));
}

/** Descends as for a search, then links the key there. */
export function insertNumber(tree: NumberTree, key: number): void {
  let parent = 0;
  let side: "left" | "right" = "left";
  let at = tree.root;
  while (at !== 0) {
    parent = at;
    side = key < at ? "left" : "right";
    at = side === "left" ? tree.left(at) : tree.right(at);
  }
  tree.insert(key, parent, side);
}

/**
 * Draws the tree below `node` as `KEY(LEFT RIGHT)`: `r` behind a red key, `.`
 * for a missing child, nothing behind a leaf. With `mirror`, right and left
 * are exchanged, and a key is shown as what is missing to `mirror`.
 */
export function drawing(tree: NumberTree, node: number, mirror = 0): string {
  if (node === 0) return ".";
  const key = mirror === 0 ? node : mirror - node;
  const name = `${key}${tree.isRed(node) ? "r" : ""}`;
  const children = [tree.left(node), tree.right(node)];
  if (children[0] === 0 && children[1] === 0) return name;
  if (mirror !== 0) children.reverse();
  const [first, second] = children.map((child) => drawing(tree, child, mirror));
  return `${name}(${first} ${second})`;
}

/** The keys from left to right, by `first` and `next`. */
export function keysInOrder(tree: NumberTree): number[] {
  const keys: number[] = [];
  for (let node = tree.first(); node !== 0; node = tree.next(node)) {
    keys.push(node);
  }
  return keys;
}
