/**
 * Answers made by hand for tests of the zoomed panels, and a source that gives
 * them.
 *
 * @module
 */
import type {
  ChainView,
  DetailAnswers,
  DetailKind,
  DetailQuestions,
  KsmPageView,
  PageWhy,
  SharingMatrix,
  TreeEntryView,
  TreeNodeView,
  TreesDrawing,
} from "../../src/observe/detail.ts";
import type { Snapshot, Source } from "../../src/observe/snapshot.ts";
import { processWith, region, SMALL } from "./dashboard_snapshots.ts";

/** A KSM page by the number of its stable node. */
function ksmPage(node: number, sharers: number): KsmPageView {
  return {
    node,
    frame: 4000 + node,
    sharers,
    mappings: sharers,
    isStale: false,
  };
}

/** A node with its subtrees; size and height follow from them. */
function treeNode(
  id: number,
  color: "red" | "black",
  entry: TreeEntryView,
  left?: TreeNodeView,
  right?: TreeNodeView,
): TreeNodeView {
  return {
    id,
    isRed: color === "red",
    size: 1 + (left?.size ?? 0) + (right?.size ?? 0),
    height: 1 + Math.max(left?.height ?? 0, right?.height ?? 0),
    entry,
    ...(left && { left }),
    ...(right && { right }),
  };
}

function content(lead: string) {
  return { lead, tail: "00000000000000ff", checksum: 0x1234_5678 };
}

function page(node: number, lead: string, sharers: number): TreeEntryView {
  return { kind: "page", page: ksmPage(node, sharers), content: content(lead) };
}

function item(lead: string, at: number): TreeEntryView {
  const place = { process: "vm-b", region: "ram", page: at };
  return { kind: "item", place, content: content(lead) };
}

/** Three KSM pages with equal bytes, the first one full. */
const CHAIN: ChainView = {
  nid: 0,
  node: 40,
  dups: [ksmPage(41, 256), ksmPage(42, 200), {
    ...ksmPage(43, 44),
    mappings: 51,
  }],
  dupCount: 3,
  sharers: 500,
  content: content("c0ffee0000000000"),
};

/** Seven nodes on three levels, but for one below: 8 nodes, 4 levels. */
const STABLE_ROOT = treeNode(
  10,
  "black",
  page(10, "80aa000000000000", 12),
  treeNode(
    5,
    "black",
    page(5, "40bb000000000000", 2),
    treeNode(2, "black", page(2, "10cc000000000000", 3)),
    treeNode(7, "black", page(7, "60dd000000000000", 2)),
  ),
  treeNode(
    40,
    "red",
    {
      kind: "chain",
      dups: CHAIN.dups,
      dupCount: CHAIN.dupCount,
      sharers: CHAIN.sharers,
      ...(CHAIN.content && { content: CHAIN.content }),
    },
    treeNode(12, "black", page(12, "9011000000000000", 2)),
    treeNode(
      15,
      "black",
      page(15, "e022000000000000", 70),
      undefined,
      treeNode(16, "red", page(16, "f033000000000000", 9)),
    ),
  ),
);

const UNSTABLE_ROOT = treeNode(
  101,
  "black",
  item("7000000000000000", 5),
  treeNode(102, "red", item("3000000000000000", 6)),
  treeNode(103, "red", item("a000000000000000", 7)),
);

/** The trees of {@linkcode DETAILED}. */
export const TREES = {
  stable: [{
    nid: 0,
    nodes: 8,
    height: 4,
    depths: [1, 2, 4, 1],
    root: STABLE_ROOT,
  }],
  unstable: [{
    nid: 0,
    nodes: 3,
    height: 2,
    depths: [1, 2],
    root: UNSTABLE_ROOT,
  }],
  stableCompares: {
    levels: [
      { count: 5000, bytes: 40_000 },
      { count: 4000, bytes: 64_000 },
      { count: 2000, bytes: 4_096_000 },
      { count: 500, bytes: 2_048_000 },
    ],
    count: 11_500,
    bytes: 6_248_000,
  },
  unstableCompares: {
    levels: [{ count: 900, bytes: 7200 }, { count: 600, bytes: 4800 }],
    count: 1500,
    bytes: 12_000,
  },
  visits: 4000,
  chains: [CHAIN],
  chainCount: 1,
  maxPageSharing: 256,
} satisfies TreesDrawing;

/** A page that waits for its twin. */
export const WHY: PageWhy = {
  place: { process: "vm-b", region: "ram", page: 3 },
  first: { reason: "changed", inRow: 2, visits: 5 },
  further: [{
    reason: "waits-for-twin",
    twin: {
      place: { process: "vm-a", region: "ram", page: 6 },
      state: "not-visited",
    },
    twins: 2,
    forecast: { visits: 70, batches: 1, passes: 0, millis: 20 },
  }],
  forecast: { visits: 1234, batches: 13, passes: 1, millis: 260 },
  memo: {
    state: "neither",
    visits: 5,
    changesInRow: 2,
    oldchecksum: 0x0bad_cafe,
    age: 7,
    remainingSkips: 1,
  },
};

/** Three processes: two that share, one that only costs. */
export const SHARING: SharingMatrix = {
  processes: [
    {
      name: "vm-a",
      pid: 1000,
      stat: {
        rmapItems: 2560,
        zeroPages: 12,
        mergingPages: 2048,
        processProfit: 8_224_768,
        mergeAny: false,
        mergeable: true,
      },
      verdict: {
        verdict: "pays",
        profit: 8_224_768,
        ratio: 1.25,
        breakEven: 64,
      },
      mergedPages: 2048,
      ksmPages: 700,
      proportionalPages: 512.5,
    },
    {
      name: "vm-b",
      pid: 1001,
      stat: {
        rmapItems: 2560,
        zeroPages: 0,
        mergingPages: 2048,
        processProfit: -163_840,
        mergeAny: true,
        mergeable: true,
      },
      verdict: {
        verdict: "costs",
        profit: -163_840,
        ratio: 80.5,
        breakEven: 64,
      },
      mergedPages: 2040,
      ksmPages: 650,
      proportionalPages: 490.25,
    },
    {
      name: "idle",
      pid: 1002,
      stat: {
        rmapItems: 0,
        zeroPages: 0,
        mergingPages: 0,
        processProfit: 0,
        mergeAny: false,
        mergeable: false,
      },
      verdict: { verdict: "not-offered" },
      mergedPages: 0,
      ksmPages: 0,
      proportionalPages: 0,
    },
  ],
  shared: [
    [1348, 600, 0],
    [600, 1390, 0],
    [0, 0, 0],
  ],
  ksmPages: 750,
  withinOne: 150,
};

/** The small machine with trees, chains and a third process as in the answers above. */
export const DETAILED: Snapshot = {
  ...SMALL,
  counters: {
    ...SMALL.counters,
    ksmZeroPages: 12,
    stableNodeChains: 1,
    stableNodeDups: 3,
  },
  stableTree: { nodes: 8, height: 4 },
  unstableTree: { nodes: 3, height: 2 },
  processes: [
    ...SMALL.processes.map((process, index) => ({
      ...process,
      ...SHARING.processes[index].stat,
    })),
    processWith("idle", [region("heap", "pp")], {
      pid: 1002,
      residentPages: 2,
      mergeable: false,
    }),
  ],
};

/** Answers by the kind of the question. */
export type Answers = Partial<DetailAnswers>;

/** All answers above. */
export const ANSWERS: Answers = { page: WHY, trees: TREES, sharing: SHARING };

/** A source that shows one snapshot for ever, and gives answers; it keeps what it was asked. */
export function answering(
  snapshot: Snapshot = DETAILED,
  answers: Answers = ANSWERS,
): Source & { readonly asked: DetailQuestions[DetailKind][] } {
  const asked: DetailQuestions[DetailKind][] = [];
  return {
    defect: undefined,
    label: undefined,
    timeMillis: snapshot.timeMillis,
    fullScans: snapshot.counters.fullScans,
    asked,
    advance: () => "end",
    detail: (kind, question) => {
      asked.push(question);
      return answers[kind];
    },
    snapshot: () => snapshot,
  };
}
