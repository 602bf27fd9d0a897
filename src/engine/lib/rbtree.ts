/**
 * A red-black tree whose links live in typed arrays.
 *
 * KSM's two trees are red-black trees, and what a look-up finds may depend on
 * their exact shape (the unstable tree's pages change under it). So this tree
 * balances by the same rules as the kernel's, and those leave no choice: the
 * same insertions and removals give the same shape.
 *
 * The tree never compares. A caller descends with {@linkcode RbTree.left} and
 * {@linkcode RbTree.right}, and links its node where the descent fell off.
 *
 * ## What holds between two calls
 *
 * 1. The root is black.
 * 2. A red node has no red child.
 * 3. Every way from a node down to a missing child passes the same number of
 *    black nodes. A missing child counts as black.
 *
 * ## Insertion
 *
 * A node starts as a red leaf, so only rules 1 and 2 can break. `n` is the red
 * node to look at, `P` its parent, `G` its grandparent, `U` the other child of
 * `G`. Capitals are black, small letters red. Each drawing has a mirror image.
 *
 * - **I1** `n` is the root: make it black, done.
 * - **I2** `P` is black: nothing is wrong, done.
 * - **I3** the uncle is red: both of `G`'s children turn black and `G` red, then
 *   go on with `G`, whose own parent may be red.
 *
 *   ```text
 *        G            g  <- go on from here
 *       / \          / \
 *      p   u   =>   P   U
 *     /            /
 *    n            n
 *   ```
 *
 * - **I4** the uncle is black and `n` is an inner grandchild: rotate at the
 *   parent, which makes it I5 with the two names exchanged.
 *
 *   ```text
 *      G            G
 *     / \          / \
 *    p   U   =>   n   U
 *     \          /
 *      n        p
 *   ```
 *
 * - **I5** the uncle is black and `n` an outer grandchild: rotate at the
 *   grandparent and exchange the colours of parent and grandparent, done.
 *
 *   ```text
 *        G          P
 *       / \        / \
 *      p   U  =>  n   g
 *     /                \
 *    n                  U
 *   ```
 *
 * ## Removal
 *
 * - **E1** no child: the place stays empty. If the node was black, the ways
 *   through that place lack one black node: repair.
 * - **E2** one child: it is red (rule 3), so it takes the place and turns black.
 * - **E3** two children: the in-order successor (the leftmost node of the right
 *   subtree) takes place and colour. Its own old place is taken by its right
 *   child, as in E2, or stays empty, as in E1.
 *
 * Repair: `P` is the parent, `x` its child (perhaps none) with one black node
 * too few below, `S` the other child, which rule 3 says exists; `c` is the child
 * of `S` near to `x`, `d` the far one. A letter in brackets has any colour.
 *
 * - **R1** the sibling is red: rotate at the parent and exchange colours. `x` has
 *   a black sibling now: go on with R2, R3 or R4.
 *
 *   ```text
 *      P              S
 *     / \            / \
 *    x   s     =>   p   D
 *       / \        / \
 *      C   D      x   C
 *   ```
 *
 * - **R2** the sibling and both its children are black: the sibling turns red. A
 *   red parent turns black, and all is well; under a black one, go on with
 *   the parent as `x`.
 *
 *   ```text
 *     (P)            (P)
 *     / \            / \
 *    x   S     =>   x   s
 *       / \            / \
 *      C   D          C   D
 *   ```
 *
 * - **R3** the far child is black, the near one red: rotate at the sibling and
 *   exchange colours. This is R4 now.
 *
 *   ```text
 *     (P)            (P)
 *     / \            / \
 *    x   S     =>   x   C
 *       / \              \
 *      c   D              s
 *                          \
 *                           D
 *   ```
 *
 * - **R4** the far child is red: rotate at the parent. The sibling takes the
 *   parent's colour, parent and far child turn black, done.
 *
 *   ```text
 *     (P)             (S)
 *     / \             / \
 *    x   S     =>    P   D
 *       / \         / \
 *     (c)  d       x  (c)
 *   ```
 *
 * @module
 */

import { assert } from "./assert.ts";
import type { Kept } from "./kept.ts";
import { countLevels, following, leftmost, RbLinks } from "./rb_links.ts";

export { RbLinks };

/** A red-black tree of nodes with handles of type `H`. */
export class RbTree<H extends number> {
  readonly #links: RbLinks;
  #root = 0;
  #size = 0;
  /** What `height` last counted, or -1 if the tree has changed since. */
  #height = 0;

  /** An empty tree over `links`. */
  constructor(links: RbLinks) {
    this.#links = links;
  }

  /** The topmost node, where a descent starts. */
  get root(): H | 0 {
    return this.#handle(this.#root);
  }

  /** How many nodes are linked. */
  get size(): number {
    return this.#size;
  }

  /** The left child. */
  left(node: H): H | 0 {
    return this.#handle(this.#links.left[node]);
  }

  /** The right child. */
  right(node: H): H | 0 {
    return this.#handle(this.#links.right[node]);
  }

  /** The node above. */
  parent(node: H): H | 0 {
    return this.#handle(this.#links.parent[node]);
  }

  /** Whether the node is red; the colour of a node in no tree means nothing. */
  isRed(node: H): boolean {
    return this.#links.red[node] === 1;
  }

  /** Forgets all nodes at once, without looking at them. */
  clear(): void {
    this.#root = 0;
    this.#size = 0;
    this.#height = 0;
  }

  /**
   * The leftmost node.
   *
   * Models: rb_first(), lib/rbtree.c
   */
  first(): H | 0 {
    return this.#handle(leftmost(this.#links, this.#root));
  }

  /**
   * The node that follows in order from left to right.
   *
   * Models: rb_next(), lib/rbtree.c
   */
  next(node: H): H | 0 {
    return this.#handle(following(this.#links, node));
  }

  /** The number of levels, 0 when the tree is empty; for display. Walks the tree once after a change. */
  height(): number {
    if (this.#height < 0) this.#height = countLevels(this.#links, this.#root);
    return this.#height;
  }

  /**
   * Links `node`, which must be in no tree, below `parent` where no child is
   * yet, then rebalances. `parent` 0 is for an empty tree.
   *
   * Models: rb_insert_color(), lib/rbtree.c
   */
  insert(node: H, parent: H | 0, side: "left" | "right"): void {
    const links = this.#links;
    if (parent === 0) {
      assert(this.#root === 0, "only an empty tree takes a new root");
      this.#root = node;
    } else {
      const children = side === "left" ? links.left : links.right;
      assert(children[parent] === 0, "a new node goes where no child is yet");
      children[parent] = node;
    }
    links.left[node] = 0;
    links.right[node] = 0;
    links.parent[node] = parent;
    links.red[node] = 1;
    this.#size++;
    this.#height = -1;
    this.#repairRed(node);
  }

  /**
   * Takes `node` out of the tree, then rebalances. In a tree that is `tangled`
   * with another one over the same links the node may be of either.
   *
   * Models: rb_erase(), lib/rbtree.c
   */
  erase(node: H, tangled = false): void {
    const { left, right, parent, red } = this.#links;
    const above = parent[node];
    assert(
      tangled || right[above] === node ||
        (above === 0 ? this.#root : left[above]) === node,
      "only a node of this tree can be erased",
    );
    this.#size--;
    this.#height = -1;
    const hasBoth = left[node] !== 0 && right[node] !== 0;
    const leaving = hasBoth ? leftmost(this.#links, right[node]) : node;
    const child = left[leaving] !== 0 ? left[leaving] : right[leaving];
    const lostBlack = red[leaving] === 0;
    let emptied = parent[leaving];
    this.#replaceChild(leaving, child);
    if (hasBoth) {
      this.#takePlace(leaving, node); // E3
      if (emptied === node) emptied = leaving;
    }
    if (child !== 0) red[child] = 0; // E2
    else if (lostBlack && emptied !== 0) this.#repairBlack(emptied); // E1
  }

  /**
   * Puts `fresh`, which must be in no tree, where `node` is, in its colour: the shape stays.
   *
   * Models: rb_replace_node(), lib/rbtree.c
   */
  replace(node: H, fresh: H): void {
    this.#takePlace(fresh, node);
  }

  /** Root and size; the links are kept by their arena. */
  keep(): Kept {
    const [root, size] = [this.#root, this.#size];
    const restore = () => {
      [this.#root, this.#size, this.#height] = [root, size, -1];
    };
    return { bytes: 0, restore };
  }

  /**
   * Cases I1 to I5: `node` is red, and so may be its parent.
   *
   * In a tree by itself some of what is written here is so already, as the parent
   * links in I3. It matters where two trees share nodes.
   */
  #repairRed(node: number): void {
    const { left, right, parent, red } = this.#links;
    for (;;) {
      const above = parent[node];
      if (above === 0) {
        red[node] = 0; // I1
        return;
      }
      if (red[above] === 0) return; // I2
      const grandparent = parent[above];
      assert(grandparent !== 0, "a red node is not the root");
      const near = right[grandparent] === above ? right : left;
      const far = near === left ? right : left;
      const uncle = far[grandparent];
      if (red[uncle] === 1) { // I3
        red[above] = 0;
        red[uncle] = 0;
        parent[above] = grandparent;
        parent[uncle] = grandparent;
        red[grandparent] = 1;
        node = grandparent;
        continue;
      }
      if (far[above] === node) { // I4
        red[near[node]] = 0;
        this.#rotate(above, far, near);
      }
      const rising = near[grandparent]; // I5
      red[far[rising]] = 0;
      red[rising] = red[grandparent];
      red[grandparent] = 1;
      this.#rotate(grandparent, near, far);
      return;
    }
  }

  /** Cases R1 to R4: a black node is missing below `above`, at first where it has no child. */
  #repairBlack(above: number): void {
    const { left, right, parent, red } = this.#links;
    let short = 0;
    for (;;) {
      const near = left[above] === short ? left : right;
      const far = near === left ? right : left;
      if (red[far[above]] === 1) { // R1
        red[far[above]] = 0;
        red[above] = 1;
        this.#rotate(above, far, near);
      }
      const sibling = far[above];
      if (red[far[sibling]] === 0) {
        if (red[near[sibling]] === 0) { // R2
          red[sibling] = 1;
          short = above;
          above = parent[short];
          if (red[short] === 0 && above !== 0) continue;
          red[short] = 0;
          return;
        }
        red[near[sibling]] = 0; // R3
        red[sibling] = 1;
        this.#rotate(sibling, near, far);
      }
      red[far[above]] = red[above]; // R4
      red[above] = 0;
      red[far[far[above]]] = 0;
      this.#rotate(above, far, near);
      return;
    }
  }

  /**
   * Lifts the `up` child of `top` into its place, and lowers `top` to the other
   * side. Colours stay with their nodes.
   *
   * ```text
   *     top             r
   *     / \            /    *    r   z   =>     x  top
   *   / \                /    *  x   y              y   z
   * ```
   */
  #rotate(top: number, up: Int32Array, other: Int32Array): void {
    const { parent } = this.#links;
    const rising = up[top];
    const inner = other[rising];
    this.#replaceChild(top, rising);
    other[rising] = top;
    parent[top] = rising;
    up[top] = inner;
    if (inner !== 0) parent[inner] = top;
  }

  /** Puts `successor`, which hangs nowhere now, where `node` was, in its colour. */
  #takePlace(successor: number, node: number): void {
    const { left, right, parent, red } = this.#links;
    this.#replaceChild(node, successor);
    red[successor] = red[node];
    left[successor] = left[node];
    right[successor] = right[node];
    if (left[node] !== 0) parent[left[node]] = successor;
    if (right[node] !== 0) parent[right[node]] = successor;
  }

  /** Hangs `child`, which may be none, below the parent of `node` in its stead. */
  #replaceChild(node: number, child: number): void {
    const { left, right, parent } = this.#links;
    const above = parent[node];
    if (above === 0) this.#root = child;
    else if (left[above] === node) left[above] = child;
    else right[above] = child;
    if (child !== 0) parent[child] = above;
  }

  #handle(node: number): H | 0 {
    return node as H | 0;
  }
}
