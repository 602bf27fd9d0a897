import assert from "node:assert/strict";
import type { App } from "../../src/tui/app.ts";
import { mount } from "../../src/tui/testing/mod.ts";
import {
  NEW_TREE,
  type TreeAction,
  treeKeys,
  treeMouse,
  type TreeNode,
  type TreeState,
  updateTree,
} from "../../src/tui/widgets/tree_state.ts";
import { TreeView } from "../../src/tui/widgets/tree_view.ts";
import { picture } from "./tui_picture.ts";

const ROOTS: readonly TreeNode[] = [
  {
    key: "1",
    label: "chain 1",
    detail: "3 dups",
    children: [
      {
        key: "1a",
        label: "dup a",
        children: [{ key: "1ax", label: "page x" }],
      },
      { key: "1b", label: "dup b" },
    ],
  },
  { key: "2", label: "node 2" },
];

const ALL = { ...NEW_TREE, unfolded: ["1", "1a"] };

Deno.test("tree: lines lead from each node to the one above", () => {
  assert.deepEqual(picture(<TreeView roots={ROOTS} state={ALL} />, 20, 6), [
    "  ▾ chain 1   3 dups",
    "  ├ ▾ dup a",
    "  │ └   page x",
    "  └   dup b",
    "    node 2",
    "",
  ]);
  const state = { ...ALL, selected: "1b" };
  const ascii = picture(<TreeView roots={ROOTS} state={state} />, 20, 5, {
    ascii: true,
  });
  assert.deepEqual(ascii, [
    "  - chain 1   3 dups",
    "  |-- dup a",
    "  | `-  page x",
    "> `-  dup b",
    "    node 2",
  ]);
});

Deno.test("tree: what does not fit is counted, and a detail without room goes", () => {
  const state = { ...ALL, offset: 1 };
  assert.deepEqual(picture(<TreeView roots={ROOTS} state={state} />, 30, 3), [
    "  ├ ▾ dup a",
    "  │ └   page x",
    "+1 above, +2 more",
  ]);
  assert.deepEqual(
    picture(<TreeView roots={ROOTS} state={NEW_TREE} />, 17, 2),
    [
      "  ▸ chain 1",
      "    node 2",
    ],
  );
});

const STEPS = {
  move: { kind: "move", by: 1 },
  unfold: { kind: "unfold" },
  fold: { kind: "fold" },
  toggle: { kind: "toggle" },
} as const;

function after(...steps: readonly (keyof typeof STEPS)[]): TreeState {
  return steps.reduce<TreeState>(
    (state, step) => updateTree(state, STEPS[step], ROOTS, 9),
    NEW_TREE,
  );
}

Deno.test("tree: right goes inwards, left goes outwards", () => {
  assert.deepEqual(after("move", "unfold"), {
    unfolded: ["1"],
    selected: "1",
    offset: 0,
  });
  assert.equal(after("move", "unfold", "unfold").selected, "1a");
  assert.equal(after("move", "unfold", "unfold", "fold").selected, "1");
  assert.deepEqual(after("move", "unfold", "unfold", "fold", "fold"), {
    unfolded: [],
    selected: "1",
    offset: 0,
  });
  // A leaf has nothing to unfold, a root nothing above.
  assert.equal(after("move", "move", "unfold", "fold").selected, "2");
  assert.deepEqual(after("move", "move", "toggle").unfolded, []);
  assert.deepEqual(after("unfold", "fold", "toggle"), NEW_TREE);
});

Deno.test("tree: what is below a folded node is unfolded again with it", () => {
  const inner = { ...ALL, selected: "1" };
  const folded = updateTree(inner, { kind: "fold" }, ROOTS, 9);
  assert.deepEqual(folded.unfolded, ["1a"]);
  const again = updateTree(folded, { kind: "toggle" }, ROOTS, 9);
  assert.deepEqual(new Set(again.unfolded), new Set(["1", "1a"]));
});

const app: App<TreeState, TreeAction> = {
  init: NEW_TREE,
  update: (state, action) => updateTree(state, action, ROOTS, 4),
  view: (state) => <TreeView id="tree" roots={ROOTS} state={state} />,
  keys: () => treeKeys((action) => action),
  on: (event) => event.kind === "mouse" ? treeMouse(event, "tree") : undefined,
  ended: () => false,
};

Deno.test("tree: keys and clicks on a mounted screen", () => {
  const screen = mount(app, { columns: 20, rows: 4 });
  screen.click(2, 0);
  assert.deepEqual(screen.frame().split("\n"), [
    "❯ ▾ chain 1   3 dups",
    "  ├ ▸ dup a",
    "  └   dup b",
    "    node 2",
  ]);
  screen.click(10, 1);
  screen.press("l", "j", "j");
  assert.deepEqual(screen.frame().split("\n"), [
    "  ├ ▾ dup a",
    "  │ └   page x",
    "❯ └   dup b",
    "+1 above, +1 more",
  ]);
  screen.wheel(0, 0, -1);
  assert.deepEqual(screen.frame().split("\n")[0], "  ▾ chain 1   3 dups");
});
