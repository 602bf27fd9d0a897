/**
 * How many pages ksmd scans in a second of this computer's time, and how the
 * time grows with the pages.
 *
 * Only the operations that scan are timed; the time of the rest is shown beside.
 */
import { Driver, Machine } from "../../src/machine/mod.ts";
import { type Op, parseTrace, type Pattern } from "../../src/workload/mod.ts";

const REPETITIONS = 3;
const PASSES = 3;
const SIZES = [50_000, 100_000, 200_000];

/** Twice the pages may take this many times as long. */
const DOUBLING_MAX = 2.4;

const PATTERNS: readonly Pattern[] = [
  { kind: "seq", base: 1 },
  { kind: "prng", seed: 1 },
  { kind: "tail", base: 1 },
  { kind: "text", seed: 1 },
];

/** What one run took. */
interface Timing {
  /** Pages that ksmd visited. */
  readonly scanned: number;
  /** Milliseconds in operations that scan. */
  readonly scanMillis: number;
  /** Milliseconds in all others. */
  readonly otherMillis: number;
}

/** One process with `pages` pages that all differ, scanned in a few passes without smart scan. */
function uniquePages(pages: number, pattern: Pattern): Op[] {
  const part = { proc: "A", region: "r" };
  return [
    { op: "proc", proc: "A" },
    { op: "mmap", ...part, slot: 0, pages },
    { op: "madvise", ...part, advice: "mergeable" },
    { op: "fill", ...part, pattern },
    { op: "knob", name: "smart_scan", value: "0" },
    { op: "knob", name: "pages_to_scan", value: "1000" },
    { op: "run", value: 1 },
    { op: "scanPasses", n: PASSES },
  ];
}

function run(ops: readonly Op[]): Timing {
  const machine = new Machine();
  const millis = { scan: 0, other: 0 };
  let index = 0;
  let before = performance.now();
  const driver = new Driver(machine, {
    name: "bench",
    title: "bench",
    endless: false,
    next() {
      const now = performance.now();
      const ended = ops.at(index - 1);
      const scans = index > 0 && ended?.op.startsWith("scan");
      millis[scans ? "scan" : "other"] += now - before;
      before = now;
      return ops.at(index++);
    },
  });
  while (driver.advance("end") !== "end");
  const scanned = machine.counters().pagesScanned;
  return { scanned, scanMillis: millis.scan, otherMillis: millis.other };
}

/** The median run of several, by the time of its scans. */
function median(ops: readonly Op[]): Timing {
  const timings = Array.from({ length: REPETITIONS }, () => run(ops));
  timings.sort((a, b) => a.scanMillis - b.scanMillis);
  return timings[REPETITIONS >> 1];
}

function printRow(cells: readonly string[]): void {
  const [first, ...others] = cells;
  console.log(
    first.padEnd(20) + others.map((cell) => cell.padStart(14)).join(""),
  );
}

/** Measures and prints one line; the milliseconds of its scans. */
function measure(
  name: string,
  ops: readonly Op[],
  more: (millis: number) => string,
): number {
  const { scanned, scanMillis, otherMillis } = median(ops);
  printRow([
    name,
    `${scanned}`,
    otherMillis.toFixed(0),
    scanMillis.toFixed(0),
    (1000 * scanned / scanMillis).toFixed(0),
    more(scanMillis),
  ]);
  return scanMillis;
}

function ratio(millis: number, before: number): string {
  const times = millis / before;
  return times.toFixed(2) + (times > DOUBLING_MAX ? " TOO SLOW" : "");
}

const file = new URL("../conformance/traces/large-100k.json", import.meta.url);
const trace = parseTrace(Deno.readTextFileSync(file), "large-100k");

console.log(
  `Median of ${REPETITIONS} runs; ${PASSES} passes over unique pages; ` +
    `twice the pages may take ${DOUBLING_MAX} times as long.\n`,
);
printRow([
  "workload",
  "visits",
  "other ms",
  "scan ms",
  "visits/s",
  "times half",
]);
// The first run warms the compiler up.
run(trace.ops);
measure(trace.name, trace.ops, () => "");
for (const pattern of PATTERNS) {
  let before = 0;
  for (const pages of SIZES) {
    const name = `${pattern.kind} ${pages}`;
    const half = before;
    before = measure(
      name,
      uniquePages(pages, pattern),
      (millis) => half === 0 ? "" : ratio(millis, half),
    );
  }
}
