/**
 * The shape of a red-black tree, checked link by link.
 *
 * @module
 */
import type { RbTree } from "../../engine/lib/mod.ts";
import { broken, requireEqual } from "./invariant.ts";

/** The nodes of a tree from left to right. On the way the rules are checked that {@linkcode RbTree} states, the parent links, and the kept size and height. */
export function nodesInOrder<H extends number>(
  name: string,
  tree: RbTree<H>,
): H[] {
  const order: H[] = [];
  const { root } = tree;
  if (root !== 0 && tree.isRed(root)) {
    broken("red-black", `${name} has red root ${root}`);
  }
  const { levels } = walk(name, tree, root, 0, order);
  requireEqual("red-black", `the size of ${name}`, tree.size, order.length);
  requireEqual("red-black", `the height of ${name}`, tree.height(), levels);
  return order;
}

interface Subtree {
  readonly levels: number;
  readonly blacks: number;
}

/** Walks over the subtree below `node`. Links that go round in a circle are found out by a parent. */
function walk<H extends number>(
  name: string,
  tree: RbTree<H>,
  node: H | 0,
  parent: H | 0,
  order: H[],
): Subtree {
  if (node === 0) return { levels: 0, blacks: 0 };
  if (tree.parent(node) !== parent) {
    broken(
      "red-black",
      `${name}: ${node} says parent ${tree.parent(node)}, is below ${parent}`,
    );
  }
  const isRed = tree.isRed(node);
  if (isRed && parent !== 0 && tree.isRed(parent)) {
    broken("red-black", `${name}: red ${node} is below red ${parent}`);
  }
  const left = walk(name, tree, tree.left(node), node, order);
  order.push(node);
  const right = walk(name, tree, tree.right(node), node, order);
  if (left.blacks !== right.blacks) {
    broken(
      "red-black",
      `${name}: ${node} has ${left.blacks} black levels on the left, ${right.blacks} on the right`,
    );
  }
  return {
    levels: Math.max(left.levels, right.levels) + 1,
    blacks: left.blacks + (isRed ? 0 : 1),
  };
}
