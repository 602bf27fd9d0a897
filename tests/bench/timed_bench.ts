/**
 * How fast ksmd scans by the virtual clock, beside the same alone: in passes
 * that build and search trees, and in steady ones.
 *
 * `turns`: ksmd and the processes take turns, by the virtual clock; `live`: every
 * visit is a turn of ksmd's actor among other actors.
 */
import { Driver, Machine } from "../../src/machine/mod.ts";
import {
  openWorkload,
  type Pattern,
  type Workload,
  workload,
} from "../../src/workload/mod.ts";

const REPETITIONS = 3;
const PAGES = 100_000;
/** Passes: one to take checksums, one that builds, one that searches, and two steady ones. */
const PASSES = 5;

/** Under the virtual clock, passes over trees may take this many times as long. */
const TREES_MAX = 2;
/** Visits a second that a steady pass reaches at least. */
const STEADY_MIN = 500_000;

/** The workload whose pages are all merged in steady passes. */
const MERGED = "1000 contents";

const PATTERNS: readonly (readonly [string, Pattern])[] = [
  ["unique seq", { kind: "seq", base: 1 }],
  ["unique prng", { kind: "prng", seed: 1 }],
  ["unique tail", { kind: "tail", base: 1 }],
  [MERGED, { kind: "mod", base: 1, m: 1000 }],
];

const MODES = ["alone", "turns", "live"] as const;
type Mode = typeof MODES[number];

function scanned(pattern: Pattern, isLive: boolean): Workload {
  return workload("bench", function* (box) {
    box.knob("smart_scan", 0);
    box.knob("pages_to_scan", 1000);
    box.knob("sleep_millisecs", 0);
    const ram = box.process("A").mmap("ram", PAGES, { mergeable: true });
    ram.fill(pattern);
    if (isLive) box.live();
    for (let pass = 0; pass < PASSES; pass++) {
      yield* box.scanPasses(1);
      box.sample();
    }
  });
}

/** Milliseconds of each pass of one run. */
function passes(pattern: Pattern, mode: Mode): number[] {
  const machine = new Machine(mode === "alone" ? {} : { timed: {} });
  const source = openWorkload(scanned(pattern, mode === "live"));
  const driver = new Driver(machine, source);
  const millis: number[] = [];
  driver.advance("batch");
  let before = performance.now();
  while (driver.advance("end") === "sample") {
    const now = performance.now();
    millis.push(now - before);
    before = now;
  }
  return millis;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** Milliseconds of the passes that build or search trees, and of the steady ones. */
interface Timing {
  readonly trees: number;
  readonly steady: number;
}

/** Repetitions in each mode, turn by turn, so that what else the computer does hits all alike. */
function measure(pattern: Pattern): Record<Mode, Timing[]> {
  const timings: Record<Mode, Timing[]> = { alone: [], turns: [], live: [] };
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    for (const mode of MODES) {
      const [, build, search, ...steady] = passes(pattern, mode);
      timings[mode].push({
        trees: (build + search) / 2,
        steady: steady.reduce((sum, millis) => sum + millis) / steady.length,
      });
    }
  }
  return timings;
}

function printRow([first, ...others]: readonly string[]): void {
  console.log(
    first.padEnd(16) + others.map((cell) => cell.padStart(16)).join(""),
  );
}

console.log(
  `\nMedians of ${REPETITIONS} runs over ${PAGES} pages, in visits a second; ` +
    `trees at most ${TREES_MAX} times slower than alone in the same run, ` +
    `steady at least ${STEADY_MIN}.\n`,
);
printRow(["workload", "mode", "trees", "times slower", "steady"]);
for (const [name, pattern] of PATTERNS) {
  const timings = measure(pattern);
  for (const mode of MODES) {
    const trees = timings[mode].map(({ trees }) => trees);
    const slower = median(
      trees.map((millis, at) => millis / timings.alone[at].trees),
    );
    const rate = 1000 * PAGES /
      median(timings[mode].map(({ steady }) => steady));
    const isTooSlow = name === MERGED && rate < STEADY_MIN;
    printRow([
      name,
      mode,
      (1000 * PAGES / median(trees)).toFixed(0),
      slower.toFixed(2) + (slower > TREES_MAX ? " TOO SLOW" : ""),
      rate.toFixed(0) + (isTooSlow ? " TOO SLOW" : ""),
    ]);
  }
}
