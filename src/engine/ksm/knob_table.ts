/**
 * The knob table: what `/sys/kernel/mm/ksm` lets one write, one row for each file.
 * Checks, help and editors are all made from it.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import { setAdvisorMode } from "./advisor.ts";
import { ERRNO, type Knobs } from "./knobs.ts";
import type { Ksm } from "./ksm.ts";
import { removeAllStableNodes } from "./remove_all.ts";
import { setRun } from "./run.ts";
import {
  parseBoolean,
  parseInt32,
  parseUint,
  parseUlong,
  seenBySysfs,
} from "./sysfs_text.ts";
import {
  lockThreadMutex,
  unlockThreadMutex,
  waitWhileOfflining,
} from "./thread_mutex.ts";

/** One row: a file, what it takes, and what a write does. */
export interface KnobDefinition {
  /** The file's name in sysfs. */
  readonly sysfs: string;
  /** What it sets, in a line. */
  readonly meaning: string;
  /** What is valid, in words. */
  readonly valid: string;
  /** Accepts or refuses text, as the kernel does; answers an errno. May wait for a batch to end. */
  write(ksm: Ksm, text: string): number | Suspends<number>;
  /** The text that a read shows. */
  read(knobs: Knobs): string;
}

/**
 * All knobs.
 *
 * Models: pages_to_scan_store(), mm/ksm.c
 * Models: sleep_millisecs_store(), mm/ksm.c
 * Models: smart_scan_store(), mm/ksm.c
 * Models: use_zero_pages_store(), mm/ksm.c
 * Models: stable_node_chains_prune_millisecs_store(), mm/ksm.c
 * Models: advisor_max_cpu_store(), mm/ksm.c
 * Models: advisor_min_pages_to_scan_store(), mm/ksm.c
 * Models: advisor_max_pages_to_scan_store(), mm/ksm.c
 * Models: advisor_target_scan_time_store(), mm/ksm.c
 */
export const KNOBS: readonly KnobDefinition[] = [
  {
    sysfs: "run",
    meaning: "0 stops ksmd, 1 lets it merge, 2 undoes all merging",
    valid: "0, 1 or 2",
    write: (ksm, text) => {
      const value = parseUint(text);
      return value === 0 || value === 1 || value === 2
        ? setRun(ksm, value)
        : ERRNO.einval;
    },
    read: (knobs) => String(knobs.run + (knobs.offlining ? RUN_OFFLINE : 0)),
  },
  {
    sysfs: "pages_to_scan",
    meaning: "pages that ksmd visits in one batch",
    valid: "a whole number from 0 to 4294967295, while the advisor is off",
    write: (ksm, text) =>
      ksm.knobs.advisorMode === "none"
        ? storeUint(text, (value) => ksm.knobs.pagesToScan = value)
        : ERRNO.einval,
    read: (knobs) => String(knobs.pagesToScan),
  },
  {
    sysfs: "sleep_millisecs",
    meaning: "milliseconds between two batches",
    valid: "a whole number from 0 to 4294967295",
    write: ({ knobs }, text) =>
      storeUint(text, (value) => knobs.sleepMillisecs = value),
    read: (knobs) => String(knobs.sleepMillisecs),
  },
  {
    sysfs: "smart_scan",
    meaning: "visit pages less often that did not merge for long",
    valid: "0 or 1",
    write: ({ knobs }, text) =>
      storeBoolean(text, (value) => knobs.smartScan = value),
    read: (knobs) => flag(knobs.smartScan),
  },
  {
    sysfs: "max_page_sharing",
    meaning: "most sharers of one KSM page",
    valid: "a whole number from 2 to 2147483647, while nothing is shared",
    write: writeMaxPageSharing,
    read: (knobs) => String(knobs.maxPageSharing),
  },
  {
    sysfs: "use_zero_pages",
    meaning: "merge pages of zeros with the shared zero page",
    valid: "0 or 1",
    write: ({ knobs }, text) =>
      storeBoolean(text, (value) => knobs.useZeroPages = value),
    read: (knobs) => flag(knobs.useZeroPages),
  },
  {
    sysfs: "merge_across_nodes",
    meaning: "merge pages of different NUMA nodes",
    valid: "0 or 1, while nothing is shared",
    write: writeMergeAcrossNodes,
    read: (knobs) => flag(knobs.mergeAcrossNodes),
  },
  {
    sysfs: "stable_node_chains_prune_millisecs",
    meaning: "milliseconds after which a chain is looked through again",
    valid: "a whole number from 0 to 4294967295",
    write: ({ knobs }, text) =>
      storeUint(text, (value) => knobs.chainsPruneMillisecs = value),
    read: (knobs) => String(knobs.chainsPruneMillisecs),
  },
  {
    sysfs: "advisor_mode",
    meaning: "who sets pages_to_scan: you, or the scan-time advisor",
    valid: "none or scan-time",
    write: writeAdvisorMode,
    read: ({ advisorMode }) =>
      advisorMode === "none" ? "[none] scan-time" : "none [scan-time]",
  },
  {
    sysfs: "advisor_max_cpu",
    meaning: "per cent of a processor that the advisor lets ksmd use",
    valid: "a whole number",
    write: ({ knobs }, text) =>
      storeUlong(text, (value) => {
        knobs.advisorMaxCpu = Number(BigInt.asUintN(32, value));
      }),
    read: (knobs) => String(knobs.advisorMaxCpu),
  },
  {
    sysfs: "advisor_min_pages_to_scan",
    meaning: "pages of a batch that the advisor begins with",
    valid: "a whole number",
    write: ({ knobs }, text) =>
      storeUlong(text, (value) => knobs.advisorMinPagesToScan = value),
    read: (knobs) => String(knobs.advisorMinPagesToScan),
  },
  {
    sysfs: "advisor_max_pages_to_scan",
    meaning: "most pages of a batch that the advisor chooses",
    valid: "a whole number",
    write: ({ knobs }, text) =>
      storeUlong(text, (value) => knobs.advisorMaxPagesToScan = value),
    read: (knobs) => String(knobs.advisorMaxPagesToScan),
  },
  {
    sysfs: "advisor_target_scan_time",
    meaning: "seconds that the advisor wants a pass to take",
    valid: "a whole number from 1",
    write: ({ knobs }, text) => {
      const value = parseUlong(text);
      if (value === 0n) return ERRNO.einval;
      return storeUlong(text, (time) => knobs.advisorTargetScanTime = time);
    },
    read: (knobs) => String(knobs.advisorTargetScanTime),
  },
];

/** What `run` reads with in addition while memory goes offline. */
const RUN_OFFLINE = 4;

/** The knob of this name. */
export function knobNamed(sysfs: string): KnobDefinition | undefined {
  return KNOBS.find((knob) => knob.sysfs === sysfs);
}

/**
 * Writes text to a knob, as to its file; answers an errno. A write of no bytes
 * never reaches the knob, and succeeds.
 */
export function* writeKnob(
  ksm: Ksm,
  knob: KnobDefinition,
  text: string,
): Suspends<number> {
  if (text === "") return ERRNO.ok;
  const errno = knob.write(ksm, seenBySysfs(text));
  return typeof errno === "number" ? errno : yield* errno;
}

/**
 * The present value is always taken, without a wait. Another one needs an empty
 * stable tree, for which nodes that nobody maps any more are given up.
 *
 * Models: max_page_sharing_store(), mm/ksm.c
 */
function* writeMaxPageSharing(ksm: Ksm, text: string): Suspends<number> {
  const value = parseInt32(text);
  if (value === "overflow") return ERRNO.erange;
  if (value === "malformed" || value < 2) return ERRNO.einval;
  if (value === ksm.knobs.maxPageSharing) return ERRNO.ok;
  return yield* changeWhenEmpty(
    ksm,
    () => ksm.knobs.maxPageSharing === value,
    () => ksm.knobs.maxPageSharing = value,
    "max_page_sharing_store:mutex",
  );
}

/**
 * As for `max_page_sharing`, but even the present value waits for a batch to end.
 *
 * Unstable items stay in the trees that they are in. A tree that is not in use is
 * not emptied when a pass starts: switched back inside that pass, the knob brings
 * the entries of an earlier pass into use again.
 *
 * Models: merge_across_nodes_store(), mm/ksm.c
 * Differs: the trees of all nodes are there from the start, because making them cannot fail.
 */
function* writeMergeAcrossNodes(ksm: Ksm, text: string): Suspends<number> {
  const value = parseUlong(text);
  if (value === "overflow") return ERRNO.erange;
  if (value === "malformed" || value > 1n) return ERRNO.einval;
  const across = value === 1n;
  return yield* changeWhenEmpty(
    ksm,
    () => ksm.knobs.mergeAcrossNodes === across,
    () => ksm.knobs.mergeAcrossNodes = across,
    "merge_across_nodes_store:mutex",
  );
}

/**
 * Makes a change that needs an empty stable tree, unless the value is as wanted
 * already. Takes ksm_thread_mutex, under it the lock of each KSM page in turn, and
 * waits until no memory goes offline.
 */
function* changeWhenEmpty(
  ksm: Ksm,
  isSet: () => boolean,
  change: () => void,
  site: string,
): Suspends<number> {
  yield* lockThreadMutex(ksm, site);
  yield* waitWhileOfflining(ksm, site);
  const accepted = isSet() ||
    (ksm.pagesShared === 0 && (yield* removeAllStableNodes(ksm)));
  if (accepted) change();
  yield* unlockThreadMutex(ksm, site);
  return accepted ? ERRNO.ok : ERRNO.ebusy;
}

/**
 * Takes the two names of modes only.
 *
 * Models: advisor_mode_store(), mm/ksm.c
 */
function writeAdvisorMode(ksm: Ksm, text: string): number {
  const mode = text.replace(/\n$/, "");
  if (mode !== "none" && mode !== "scan-time") return ERRNO.einval;
  setAdvisorMode(ksm, mode);
  return ERRNO.ok;
}

function storeUint(
  text: string,
  store: (value: number) => void,
): number {
  const value = parseUint(text);
  if (typeof value !== "number") return ERRNO.einval;
  store(value);
  return ERRNO.ok;
}

function storeUlong(
  text: string,
  store: (value: bigint) => void,
): number {
  const value = parseUlong(text);
  if (typeof value !== "bigint") return ERRNO.einval;
  store(value);
  return ERRNO.ok;
}

function storeBoolean(
  text: string,
  store: (value: boolean) => void,
): number {
  const value = parseBoolean(text);
  if (value === undefined) return ERRNO.einval;
  store(value);
  return ERRNO.ok;
}

function flag(value: boolean): string {
  return value ? "1" : "0";
}
