/** Drawn trees and who shares with whom, as they stand in a session. */
import assert from "node:assert/strict";
import { parseSession, SessionWriter } from "../../src/observe/mod.ts";
import {
  matrixOf,
  sharingRecord,
} from "../../src/observe/session/sharing_record.ts";
import {
  NODE_TEXT,
  parseDup,
  parseNode,
  printDup,
  printNode,
} from "../../src/observe/session/tree_text.ts";
import {
  TREES,
  treesOf,
  treesRecord,
} from "../../src/observe/session/trees_record.ts";
import type {
  ChainView,
  TreeNodeView,
  TreesDrawing,
} from "../../src/observe/detail.ts";
import { SMALL } from "./dashboard_snapshots.ts";

const BYTES = { lead: "00000000000000ff", tail: "0123456789abcdef" };

const CHAIN: ChainView = {
  nid: 0,
  node: 9,
  dups: [
    { node: 7, frame: 70, sharers: 4, mappings: 0, isStale: true },
    { node: 8, frame: 80, sharers: 4, mappings: 4, isStale: false },
  ],
  dupCount: 2,
  sharers: 8,
  content: { ...BYTES, checksum: 1 },
};

function noChain(): never {
  throw new Error("no chain is asked for");
}

function node(more: Pick<TreeNodeView, "entry"> & Partial<TreeNodeView>) {
  return { id: 12, isRed: false, size: 7, height: 3, ...more };
}

Deno.test("nodes are short texts, whatever their processes are called", () => {
  const content = { ...BYTES, checksum: 2047 };
  const sharer = { process: "a +/%é", region: "", page: 12 };
  const page = { node: 12, frame: 93, sharers: 5, mappings: 6, isStale: false };
  const texts: readonly [TreeNodeView, string][] = [
    [
      node({ entry: { kind: "page", page: { ...page, sharer }, content } }),
      "B12 7 3 00000000000000ff 0123456789abcdef 2047 93 5 6 a%20%2b%2f%25é/+12",
    ],
    [
      node({ entry: { kind: "page", page: { ...page, isStale: true } } }),
      "B12 7 3 ? 93 5 6 gone",
    ],
    [
      node({ isRed: true, entry: { kind: "page", page, content } }),
      "R12 7 3 00000000000000ff 0123456789abcdef 2047 93 5 6 -",
    ],
    [
      node({ entry: { kind: "item", place: { process: "chain", page: 3 } } }),
      "B12 7 3 ? chain+3",
    ],
  ];
  for (const [view, text] of texts) {
    assert.equal(printNode(view), text);
    assert.match(text, NODE_TEXT);
    assert.deepEqual(parseNode(text, {}, noChain), view);
  }
  for (const dup of CHAIN.dups) assert.deepEqual(parseDup(printDup(dup)), dup);
});

Deno.test("what is no node is told from one", () => {
  for (
    const text of [
      "",
      "B12 7 3 ?",
      "G12 7 3 ? a+1",
      "B12 7 3 ? a b+1",
      "B12 7 3 ? a+1+2",
      "B12 7 3 ? a/b/c+1",
      "B12 7 3 00ff 00ff 1 a+1",
      "B12 7 3 ? 93 5 gone",
      "B-1 7 3 ? a+1",
      "B12 7 3 ? chain ",
    ]
  ) {
    assert.doesNotMatch(text, NODE_TEXT, text);
  }
});

/** A stable tree whose root is a chain that is not among those listed, with one page to its right; no unstable tree. */
const TREE: TreesDrawing = {
  stable: [{
    nid: 0,
    nodes: 2,
    height: 2,
    depths: [1, 1],
    root: {
      id: 9,
      isRed: false,
      size: 2,
      height: 2,
      entry: {
        kind: "chain",
        dups: CHAIN.dups,
        dupCount: 2,
        sharers: 8,
        content: { ...BYTES, checksum: 1 },
      },
      right: node({
        size: 1,
        height: 1,
        entry: { kind: "item", place: { process: "a", page: 3 } },
      }),
    },
  }],
  unstable: [{ nid: 0, nodes: 0, height: 0, depths: [] }],
  stableCompares: {
    levels: [{ count: 3, bytes: 30 }, { count: 1, bytes: 4096 }],
    count: 4,
    bytes: 4126,
  },
  visits: 17,
  chains: [],
  chainCount: 1,
  maxPageSharing: 4,
};

Deno.test("a tree is recorded by the places of its nodes, with the chains that it needs", () => {
  const record = treesRecord(TREE);
  assert.deepEqual(Object.keys(record.stable[0].top), ["1", "3"]);
  assert.equal(record.stable[0].top["1"], "B9 2 2 ? chain");
  assert.deepEqual(record.stableCompares, [3, 30, 1, 4096]);
  assert.deepEqual([record.listed, record.chains.length], [0, 1]);
  const read = TREES.read(JSON.parse(JSON.stringify(TREES.write(record))), "");
  assert.deepEqual(treesOf(read, 6), TREE);
  const [{ root, ...tree }] = TREE.stable;
  assert.ok(root !== undefined);
  const { right: _, ...top } = root;
  assert.deepEqual(treesOf(read, 1).stable, [{ ...tree, root: top }]);
  assert.deepEqual(treesOf(read, 0).stable, [tree]);
});

/** What is said of a session with one sample whose trees, or who shares with whom, have been changed. */
function refusal(change: (text: string) => string): string {
  const shared = [[1, 2], [2, 0]];
  const processes = SMALL.processes.map(
    ({ name, pid, residentPages: _, regions: __, ...stat }) => ({
      name,
      pid,
      stat,
      verdict: { verdict: "not-scanned" } as const,
      mergedPages: 2,
      ksmPages: 2,
      proportionalPages: 1,
    }),
  );
  const sharing = { processes, shared, ksmPages: 2, withinOne: 0 };
  assert.deepEqual(
    matrixOf(sharingRecord(sharing), SMALL.processes).shared,
    shared,
  );
  const text = new SessionWriter().sample(SMALL, {
    label: undefined,
    happened: { merge: 0, cow: 0, wait: 0, migration: 0 },
    trees: TREE,
    sharing,
  });
  assert.equal(parseSession(text, "s.jsonl").samples.length, 1);
  try {
    parseSession(change(text), "s.jsonl");
  } catch (error) {
    assert.ok(error instanceof SyntaxError);
    return error.message;
  }
  return "";
}

Deno.test("details that do not fit together are refused with their place", () => {
  const refusals = [
    ['"3":"B12', '"2":"B12', ""],
    ['"3":"B12', '"7":"B12', 'trees.stable[0].top.7" stands below no node 3'],
    ['"3":"B12', '"64":"B12', 'top.64" is no place: places are 1 to 63'],
    ['"3":"B12', '"3":"12', "must be a node such as"],
    ['"node":9', '"node":10', 'trees.chains" must tell of chain 9'],
    ["[3,30,1,4096]", "[3,30,1]", "must have two numbers a level"],
    ['"shared":[0]', '"shared":[0,0]', "must have 1 figures, not 2"],
    ['"pages":[2,2,1]', '"pages":[2,2]', "must have 3 figures"],
  ] as const;
  for (const [from, to, said] of refusals) {
    const message = refusal((text) => {
      assert.ok(text.includes(from), from);
      return text.replace(from, to);
    });
    assert.ok(message.includes(said), message);
    assert.equal(message.startsWith("s.jsonl:2: Field "), said !== "", message);
  }
  const fewer = refusal((text) =>
    text.replace(/("sharing":\{"processes":)\[.*?\]\}\]/, "$1[]")
  );
  assert.match(
    fewer,
    /:2: Field "sharing\.processes" has 0 processes: there are 2$/,
  );
});
