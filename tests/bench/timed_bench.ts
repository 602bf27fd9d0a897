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

const PATTERNS: readonly (readonly [string, Pattern])[] = [
  ["unique seq", { kind: "seq", base: 1 }],
  ["unique prng", { kind: "prng", seed: 1 }],
  ["unique tail", { kind: "tail", base: 1 }],
  ["1000 contents", { kind: "mod", base: 1, m: 1000 }],
];

type Mode = "alone" | "turns" | "live";

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

/** Median milliseconds of the passes that build or search trees, and of a steady one. */
function measure(
  pattern: Pattern,
  mode: Mode,
): [trees: number, steady: number] {
  const runs = Array.from(
    { length: REPETITIONS },
    () => passes(pattern, mode),
  );
  return [
    median(runs.map((run) => run[1] + run[2])) / 2,
    median(runs.map((run) => (run[3] + run[4]) / 2)),
  ];
}

function printRow([first, ...others]: readonly string[]): void {
  console.log(
    first.padEnd(16) + others.map((cell) => cell.padStart(16)).join(""),
  );
}

console.log(
  `Median of ${REPETITIONS} runs over ${PAGES} pages, in visits a second; ` +
    `trees at most ${TREES_MAX} times slower than alone, ` +
    `steady at least ${STEADY_MIN}.\n`,
);
printRow(["workload", "mode", "trees", "times slower", "steady"]);
for (const [name, pattern] of PATTERNS) {
  let alone = 0;
  for (const mode of ["alone", "turns", "live"] as const) {
    const [trees, steady] = measure(pattern, mode);
    if (mode === "alone") alone = trees;
    const slower = trees / alone;
    const rate = 1000 * PAGES / steady;
    printRow([
      name,
      mode,
      (1000 * PAGES / trees).toFixed(0),
      slower.toFixed(2) + (slower > TREES_MAX ? " TOO SLOW" : ""),
      rate.toFixed(0) +
      (name === "1000 contents" && rate < STEADY_MIN ? " TOO SLOW" : ""),
    ]);
  }
}
