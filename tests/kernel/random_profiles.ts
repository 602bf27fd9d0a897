/**
 * Kinds of random traces: each does one thing more often than others.
 *
 * @module
 */

/** What a turn of a random trace may be. */
export type Turn =
  | "proc"
  | "mmap"
  | "fill"
  | "write"
  | "read"
  | "hash"
  | "madvise"
  | "munmap"
  | "mremap"
  | "mprotect"
  | "fork"
  | "exit"
  | "prctl"
  | "run"
  | "knob"
  | "oddKnob"
  | "scan"
  | "sample"
  | "advisor"
  | "sleep";

/** A kind of random trace. */
export interface Profile {
  /** Short name. */
  readonly name: string;
  /** Fewest and most operations. */
  readonly length: readonly [number, number];
  /** Pages of a region at most. */
  readonly pages: number;
  /** Processes that live at a time, at most. */
  readonly processes: number;
  /** Full scans of one operation at most. */
  readonly passes: number;
  /** How many of a hundred patterns are zeros, or one of three pages. */
  readonly alike: number;
  /** Values of `max_page_sharing` to begin with. */
  readonly sharing: readonly string[];
  /** Intervals between two prunings of a chain. */
  readonly prune: readonly string[];
  /** How often each turn is drawn. */
  readonly weights: Readonly<Record<Turn, number>>;
}

const WEIGHTS: Readonly<Record<Turn, number>> = {
  proc: 2,
  mmap: 6,
  fill: 20,
  write: 8,
  read: 2,
  hash: 1,
  madvise: 10,
  munmap: 3,
  mremap: 3,
  mprotect: 3,
  fork: 4,
  exit: 3,
  prctl: 2,
  run: 3,
  knob: 3,
  oddKnob: 1,
  scan: 24,
  sample: 4,
  advisor: 1,
  sleep: 0,
};

const MIX: Profile = {
  name: "mix",
  length: [30, 150],
  pages: 24,
  processes: 6,
  passes: 3,
  alike: 10,
  sharing: ["2", "3", "4", "7", "256"],
  prune: ["0", "3600000"],
  weights: WEIGHTS,
};

function leaning(
  name: string,
  weights: Partial<Record<Turn, number>>,
  rest: Partial<Profile> = {},
): Profile {
  return { ...MIX, ...rest, name, weights: { ...WEIGHTS, ...weights } };
}

/** All kinds; a seed takes its turn. */
export const PROFILES: readonly Profile[] = [
  MIX,
  leaning("mremap", { mremap: 20, mprotect: 6, madvise: 14, munmap: 1 }),
  leaning("prctl", { prctl: 16, madvise: 16, fork: 8, mmap: 12 }),
  leaning("lifetime", { fork: 12, exit: 12, proc: 6, scan: 40, run: 8 }),
  leaning("chains", { fork: 10, knob: 8, munmap: 6, exit: 5 }, {
    pages: 60,
    sharing: ["2", "3", "4", "8"],
  }),
  leaning("knobs", { knob: 20, oddKnob: 40, run: 8, sample: 10, advisor: 4 }),
  leaning("advisor", { advisor: 12 }),
  leaning("smart", { fill: 6, write: 4, madvise: 4, sample: 8 }, {
    passes: 30,
    alike: 0,
  }),
  leaning("alike", { knob: 6, fork: 8 }, {
    alike: 80,
    pages: 100,
    length: [80, 250],
    sharing: ["2", "2", "3", "5"],
  }),
  leaning("long", {}, { length: [300, 700], pages: 40, processes: 10 }),
  leaning("large", { advisor: 0, hash: 0, mmap: 3 }, {
    length: [30, 100],
    pages: 2000,
    processes: 4,
    sharing: ["2", "3", "8", "256"],
  }),
  leaning("regions", { mmap: 30, madvise: 30, mremap: 10, munmap: 8 }, {
    pages: 6,
    length: [80, 250],
  }),
];

/** Traces in which the clock runs. They take long, since they sleep on the real kernel. */
export const CLOCK: Profile = leaning(
  "clock",
  { sleep: 5, advisor: 6, fork: 10, munmap: 6 },
  {
    length: [80, 120],
    alike: 70,
    pages: 60,
    prune: ["3000"],
    sharing: ["2", "2", "3"],
  },
);
