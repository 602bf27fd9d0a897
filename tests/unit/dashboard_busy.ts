/**
 * A machine full of waits, made by hand for tests of the dashboard.
 *
 * The figures of a class are the sums of those of its locks and of its call
 * sites, as they are on a real machine.
 *
 * @module
 */
import type {
  ActorView,
  LockClassView,
  LockFigures,
  LockSiteView,
  LocksView,
  LockWaitView,
  Snapshot,
} from "../../src/observe/snapshot.ts";
import { SMALL } from "./dashboard_snapshots.ts";

const NONE: LockFigures = {
  conBounces: 0,
  contentions: 0,
  waitMinNanos: 0,
  waitMaxNanos: 0,
  waitTotalNanos: 0,
  acqBounces: 0,
  acquisitions: 0,
  holdMinNanos: 0,
  holdMaxNanos: 0,
  holdTotalNanos: 0,
};

/** Figures of which only some are not 0. */
export function figures(some: Partial<LockFigures>): LockFigures {
  return { ...NONE, ...some };
}

/** A class that nobody has used but for what is given. */
export function lockClass(
  name: string,
  kind: LockClassView["kind"],
  some: Partial<LockClassView> = {},
): LockClassView {
  return {
    name,
    kind,
    isOurs: false,
    exclusive: NONE,
    contentionPoints: [],
    holderPoints: [],
    sites: [],
    instances: [],
    ...some,
  };
}

function site(
  name: string,
  mode: LockSiteView["mode"],
  some: Partial<LockFigures>,
): LockSiteView {
  return { site: name, mode, figures: figures(some) };
}

/** Readers of vm-b: 200 waits, 18 ms; of vm-a: 12 waits, 0.2 ms. */
const READS_B = figures({
  conBounces: 150,
  contentions: 200,
  waitMinNanos: 900,
  waitMaxNanos: 1_900_000,
  waitTotalNanos: 18_000_000,
  acqBounces: 4000,
  acquisitions: 10_000,
  holdMinNanos: 700,
  holdMaxNanos: 60_000,
  holdTotalNanos: 41_000_000,
});
const READS_A = figures({
  conBounces: 10,
  contentions: 12,
  waitMinNanos: 1200,
  waitMaxNanos: 35_000,
  waitTotalNanos: 200_000,
  acqBounces: 2000,
  acquisitions: 10_000,
  holdMinNanos: 700,
  holdMaxNanos: 50_000,
  holdTotalNanos: 39_000_000,
});
const READS = figures({
  conBounces: 160,
  contentions: 212,
  waitMinNanos: 900,
  waitMaxNanos: 1_900_000,
  waitTotalNanos: 18_200_000,
  acqBounces: 6000,
  acquisitions: 20_000,
  holdMinNanos: 700,
  holdMaxNanos: 60_000,
  holdTotalNanos: 80_000_000,
});

/** Writers: 40 waits for vm-b, 6.4 ms; 2 for a process that the bounded list does not name. */
const WRITES_B = figures({
  conBounces: 30,
  contentions: 40,
  waitMinNanos: 2000,
  waitMaxNanos: 800_000,
  waitTotalNanos: 6_400_000,
  acqBounces: 50,
  acquisitions: 80,
  holdMinNanos: 5000,
  holdMaxNanos: 2_100_000,
  holdTotalNanos: 12_000_000,
});
const WRITES = figures({
  conBounces: 31,
  contentions: 42,
  waitMinNanos: 2000,
  waitMaxNanos: 800_000,
  waitTotalNanos: 6_500_000,
  acqBounces: 60,
  acquisitions: 100,
  holdMinNanos: 5000,
  holdMaxNanos: 2_100_000,
  holdTotalNanos: 13_000_000,
});

const MMAP_LOCK = lockClass("&mm->mmap_lock", "rwsem", {
  exclusive: WRITES,
  shared: READS,
  contentionPoints: [
    { site: "fault:mmap_lock", count: 180 },
    { site: "mmap:mmap_lock", count: 42 },
    { site: "scan_get_next_rmap_item:mmap_lock", count: 32 },
  ],
  holderPoints: [
    { site: "mmap:mmap_lock", count: 200 },
    { site: "scan_get_next_rmap_item:mmap_lock", count: 54 },
  ],
  sites: [
    site("scan_get_next_rmap_item:mmap_lock", "shared", {
      contentions: 32,
      waitMinNanos: 1200,
      waitMaxNanos: 1_900_000,
      waitTotalNanos: 3_200_000,
      acquisitions: 15_000,
      holdMinNanos: 700,
      holdMaxNanos: 60_000,
      holdTotalNanos: 75_000_000,
    }),
    site("mmap:mmap_lock", "exclusive", WRITES),
    site("fault:mmap_lock", "shared", {
      contentions: 180,
      waitMinNanos: 900,
      waitMaxNanos: 400_000,
      waitTotalNanos: 15_000_000,
      acquisitions: 5000,
      holdMinNanos: 900,
      holdMaxNanos: 4000,
      holdTotalNanos: 5_000_000,
    }),
  ],
  instances: [
    { instance: 2, name: "vm-b", exclusive: WRITES_B, shared: READS_B },
    { instance: 1, name: "vm-a", exclusive: NONE, shared: READS_A },
  ],
});

const FOLIO = figures({
  conBounces: 31,
  contentions: 31,
  waitMinNanos: 800,
  waitMaxNanos: 400_000,
  waitTotalNanos: 2_200_000,
  acqBounces: 44,
  acquisitions: 5000,
  holdMinNanos: 300,
  holdMaxNanos: 420_000,
  holdTotalNanos: 6_000_000,
});

/** Who waits now: two writers for the reader ksmd, and a migration for ksmd's page. */
const WAITING: readonly LockWaitView[] = [
  {
    actor: "vm-b/writer-2",
    lockClass: "&mm->mmap_lock",
    instance: 2,
    name: "vm-b",
    mode: "exclusive",
    site: "mmap:mmap_lock",
    waitedNanos: 52_000,
    holders: [{ actor: "ksmd", site: "scan_get_next_rmap_item:mmap_lock" }],
  },
  {
    actor: "vm-b/writer-1",
    lockClass: "&mm->mmap_lock",
    instance: 2,
    name: "vm-b",
    mode: "exclusive",
    site: "mmap:mmap_lock",
    waitedNanos: 17_300,
    holders: [{ actor: "ksmd", site: "scan_get_next_rmap_item:mmap_lock" }],
  },
  {
    actor: "compaction",
    lockClass: "folio_lock",
    instance: 4711,
    name: "page 4711",
    mode: "exclusive",
    site: "migrate_pages:folio",
    waitedNanos: 640,
    holders: [{ actor: "ksmd", site: "stable_tree_insert:folio" }],
  },
];

/** All locks of {@linkcode BUSY}. */
export const LOCKS: LocksView = {
  classes: [
    lockClass("ksm_thread_mutex", "mutex", {
      exclusive: figures({
        acquisitions: 700,
        acqBounces: 2,
        holdMinNanos: 90_000,
        holdMaxNanos: 4_000_000,
        holdTotalNanos: 1_400_000_000,
      }),
      sites: [
        site("ksm_scan_thread:mutex", "exclusive", {
          acquisitions: 700,
          acqBounces: 2,
          holdMinNanos: 90_000,
          holdMaxNanos: 4_000_000,
          holdTotalNanos: 1_400_000_000,
        }),
      ],
    }),
    lockClass("ksm_mmlist_lock", "spinlock"),
    MMAP_LOCK,
    lockClass("&anon_vma->rwsem", "rwsem", { shared: NONE }),
    lockClass("folio_lock", "bit lock", {
      isOurs: true,
      exclusive: FOLIO,
      contentionPoints: [{ site: "migrate_pages:folio", count: 31 }],
      holderPoints: [{ site: "stable_tree_insert:folio", count: 31 }],
      sites: [
        site("stable_tree_insert:folio", "exclusive", {
          acquisitions: 4000,
          holdMinNanos: 300,
          holdMaxNanos: 420_000,
          holdTotalNanos: 5_000_000,
        }),
        site("migrate_pages:folio", "exclusive", {
          conBounces: 31,
          contentions: 31,
          waitMinNanos: 800,
          waitMaxNanos: 400_000,
          waitTotalNanos: 2_200_000,
          acqBounces: 44,
          acquisitions: 1000,
          holdMinNanos: 400,
          holdMaxNanos: 9000,
          holdTotalNanos: 1_000_000,
        }),
      ],
      instances: [{ instance: 4711, name: "page 4711", exclusive: FOLIO }],
    }),
    lockClass("page_table_lock", "spinlock", {
      isOurs: true,
      exclusive: figures({
        acquisitions: 120_000,
        holdMinNanos: 40,
        holdMaxNanos: 900,
        holdTotalNanos: 18_000_000,
      }),
    }),
  ],
  waiting: WAITING,
};

/** One actor. */
export function actor(
  name: string,
  kind: ActorView["kind"],
  state: ActorView["state"],
  doing: string,
  cpuNanos: number,
): ActorView {
  return { name, kind, state, doing, cpuNanos };
}

/** Each kind of actor, in each state. */
const ACTORS: readonly ActorView[] = [
  actor("ksmd", "ksmd", "running", "scanning vm-b", 3_010_000_000),
  actor("vm-a/writer", "thread", "sleeping", "until 12.5 s", 240_000_000),
  actor("vm-b/writer-1", "thread", "waiting", "fill ram 0..4", 91_500_000),
  actor("vm-b/writer-2", "thread", "waiting", "mmap io", 88_000_000),
  actor("setup", "thread", "done", "exited", 1_200_000),
  actor("compaction", "compaction", "waiting", "migrate 4711", 640_000),
  actor("stat", "reader", "idle", "", 12_300),
];

/** A machine of two nodes in the middle of a scan, full of waits. */
export const BUSY: Snapshot = {
  ...SMALL,
  title: "two guests, contended",
  locks: LOCKS,
  actors: ACTORS,
  nodeTrees: [
    {
      nid: 0,
      stableTree: { nodes: 1000, height: 12 },
      unstableTree: { nodes: 700, height: 11 },
    },
    {
      nid: 1,
      stableTree: { nodes: 24, height: 5 },
      unstableTree: { nodes: 68, height: 7 },
    },
  ],
};
