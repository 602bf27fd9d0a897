/**
 * Snapshots made by hand for tests of the dashboard.
 *
 * @module
 */
import {
  PAGE_STATES,
  type PageState,
  type ProcessView,
  type RegionMap,
  type Snapshot,
} from "../../src/observe/snapshot.ts";

/** A region written as one letter a page: the first letter of its state, `n` for unshared. */
export function region(name: string, letters: string): RegionMap {
  const states: Readonly<Record<string, PageState>> = {
    h: "hole",
    u: "untouched",
    p: "plain",
    v: "volatile",
    n: "unshared",
    m: "merged",
  };
  const codes = [...letters].map((letter) =>
    PAGE_STATES.indexOf(states[letter])
  );
  return { name, pages: Uint8Array.from(codes) };
}

/** A process that has some regions, and figures that follow from nothing. */
export function processWith(
  name: string,
  regions: readonly RegionMap[],
  figures: Partial<ProcessView> = {},
): ProcessView {
  return {
    name,
    pid: 1000,
    residentPages: 0,
    regions,
    rmapItems: 0,
    zeroPages: 0,
    mergingPages: 0,
    processProfit: 0,
    mergeAny: false,
    mergeable: true,
    ...figures,
  };
}

/** A small machine in the middle of its third scan. */
export const SMALL: Snapshot = {
  title: "two guests",
  model: "linux 6.18 model",
  pageBytes: 4096,
  timeMillis: 12_480,
  counters: {
    pagesScanned: 4321,
    fullScans: 2,
    pagesShared: 1024,
    pagesSharing: 3072,
    pagesUnshared: 768,
    pagesVolatile: 256,
    pagesSkipped: 17,
    ksmZeroPages: 0,
    stableNodeChains: 0,
    stableNodeDups: 0,
    generalProfit: 3072 * 4096 - 5120 * 64,
  },
  stableTree: { nodes: 1024, height: 12 },
  unstableTree: { nodes: 768, height: 11 },
  ksmd: {
    state: "scanning",
    passProgress: 0.61,
    batches: 624,
    cursor: { process: "vm-b", region: "ram", page: 3 },
  },
  knobs: {
    run: "1",
    pages_to_scan: "100",
    sleep_millisecs: "20",
    smart_scan: "1",
  },
  processes: [
    processWith("vm-a", [region("ram", "mmmmnnvu"), region("io", "ph")], {
      pid: 1000,
      residentPages: 2560,
      rmapItems: 2560,
      mergingPages: 2048,
      processProfit: 8_224_768,
    }),
    processWith("vm-b", [region("ram", "mmmmmnnn")], {
      pid: 1001,
      residentPages: 2560,
      rmapItems: 2560,
      mergingPages: 2048,
      processProfit: -163_840,
    }),
  ],
  events: [
    { number: 1, timeMillis: 9_980, kind: "label", text: "booted" },
    {
      number: 2,
      timeMillis: 12_440,
      kind: "merge",
      text: "vm-a ram+1 on KSM page 7",
    },
    {
      number: 3,
      timeMillis: 12_460,
      kind: "cow",
      text: "vm-b ram+6 written, leaves KSM page 9",
    },
    { number: 4, timeMillis: 12_480, kind: "pass", text: "full scan 2 ended" },
  ],
};
