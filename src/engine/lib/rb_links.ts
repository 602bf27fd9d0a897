/**
 * The links of red-black trees, and the walks that need nothing else.
 *
 * @module
 */

import { keepAll, keepNumbers, type Kept } from "./kept.ts";

/**
 * The links of all nodes of one arena: node `n` is described at index `n`.
 *
 * Entry 0 stands for a missing node and is never written, so that it reads as
 * black and childless. One arena serves any number of trees, as long as a node
 * is in one of them at a time.
 */
export class RbLinks {
  /** Left child of each node, 0 for none. */
  left: Int32Array;
  /** Right child of each node, 0 for none. */
  right: Int32Array;
  /** Parent of each node, 0 for a root. */
  parent: Int32Array;
  /** 1 for a red node, 0 for a black one. */
  red: Uint8Array;

  /** Makes room for the handles below `capacity`. */
  constructor(capacity: number) {
    this.left = new Int32Array(capacity);
    this.right = new Int32Array(capacity);
    this.parent = new Int32Array(capacity);
    this.red = new Uint8Array(capacity);
  }

  /** Makes room for the handles below `capacity`; the arrays are replaced by longer ones if need be. */
  ensure(capacity: number): void {
    if (capacity <= this.left.length) return;
    const { left, right, parent, red } = this;
    this.left = new Int32Array(capacity);
    this.right = new Int32Array(capacity);
    this.parent = new Int32Array(capacity);
    this.red = new Uint8Array(capacity);
    this.left.set(left);
    this.right.set(right);
    this.parent.set(parent);
    this.red.set(red);
  }

  /** The links of nodes below `entries`. */
  keep(entries: number): Kept {
    return keepAll([
      keepNumbers(() => this.left, entries),
      keepNumbers(() => this.right, entries),
      keepNumbers(() => this.parent, entries),
      keepNumbers(() => this.red, entries),
    ]);
  }
}

/** The leftmost node below `top`, `top` itself if it has no left child, 0 if there is none. */
export function leftmost(links: RbLinks, top: number): number {
  let node = top;
  while (links.left[node] !== 0) node = links.left[node];
  return node;
}

/** The node that follows `node` from left to right, 0 if it is the last. */
export function following(links: RbLinks, node: number): number {
  const { right, parent } = links;
  if (right[node] !== 0) return leftmost(links, right[node]);
  let child = node;
  let above = parent[child];
  while (above !== 0 && right[above] === child) {
    child = above;
    above = parent[child];
  }
  return above;
}

/**
 * Walks over all nodes below `root`, parents first, and returns the greatest depth.
 * Links that go round in a circle, as in trees that have got tangled, end the walk.
 */
export function countLevels(links: RbLinks, root: number): number {
  const { left, right, parent } = links;
  let node = root;
  let depth = root === 0 ? 0 : 1;
  let deepest = depth;
  for (let moves = 4 * left.length; node !== 0 && moves > 0; moves--) {
    if (left[node] !== 0 || right[node] !== 0) {
      node = left[node] !== 0 ? left[node] : right[node];
      depth++;
      if (depth > deepest) deepest = depth;
      continue;
    }
    // A leaf: climb to the nearest node with a right child not yet seen.
    let child: number;
    do {
      child = node;
      node = parent[child];
      depth--;
      if (child === root || node === 0 || moves-- === 0) return deepest;
    } while (right[node] === child || right[node] === 0);
    node = right[node];
    depth++;
  }
  return deepest;
}
