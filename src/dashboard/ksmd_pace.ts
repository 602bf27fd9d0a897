/**
 * How fast ksmd goes and what it costs, from the readings of the last second:
 * counters are sums since the start, so two readings make a rate.
 *
 * @module
 */
import { groupDigits } from "../observe/digits.ts";
import type { Figure, History } from "../observe/history.ts";
import type { KnobValues, Snapshot } from "../observe/snapshot.ts";
import { plural } from "./figures.ts";

/** Milliseconds that rates are taken over at least, where so much is known. */
const PACE_MILLIS = 1000;

/** The same for a point of the history. */
const POINT_MILLIS = 100;

const NANOS_PER_MILLI = 1e6;

/** Rates of the last second, or of as much of it as is known; a missing one cannot be told. */
export interface ScanRates {
  /** Part of one processor that ksmd used, from 0. */
  readonly cpu?: number;
  /** Milliseconds that this was measured over. */
  readonly cpuMillis?: number;
  /** Pages that it looked at in a second. */
  readonly pagesPerSecond?: number;
  /** Batches that it ended in a second. */
  readonly batchesPerSecond?: number;
  /** Pages that it looked at in a batch. */
  readonly pagesPerBatch?: number;
}

/** What a figure has grown by, and in which time. */
interface Growth {
  readonly by: number;
  readonly millis: number;
}

/** How a figure has grown between two readings, or from its first one if that came later; missing where no time has passed. */
function growth(
  history: History,
  figure: Figure,
  from: number,
  to: number,
): Growth | undefined {
  const { millis } = history;
  const values = history.values[figure];
  const missing = millis.length - values.length;
  const start = Math.max(from, missing);
  if (start >= to) return undefined;
  const passed = millis[to] - millis[start];
  if (passed <= 0) return undefined;
  return {
    by: values[to - missing] - values[start - missing],
    millis: passed,
  };
}

/** The last reading that is at least so much older than another, or the first there is. */
function readingBefore(
  { millis }: History,
  to: number,
  windowMillis: number,
): number {
  let from = to - 1;
  while (from > 0 && millis[to] - millis[from] < windowMillis) from--;
  return from;
}

/** Part of one processor; the clocks of actors run a little ahead of the machine's, but nobody has more than one. */
function partOf({ by, millis }: Growth): number {
  return Math.min(1, by / (millis * NANOS_PER_MILLI));
}

/** The pace of ksmd up to the last reading; of a single reading there is none, and none where it does not scan. */
export function paceOf({ ksmd }: Snapshot, history: History): ScanRates {
  const to = history.millis.length - 1;
  if (ksmd.state !== "scanning" || to < 1) return {};
  const from = readingBefore(history, to, PACE_MILLIS);
  const grown = (figure: Figure) => growth(history, figure, from, to);
  const perSecond = ({ by, millis }: Growth): number => by * 1000 / millis;
  const [nanos, pages, batches] = [
    grown("ksmdNanos"),
    grown("pagesScanned"),
    grown("batches"),
  ];
  return {
    ...(nanos && { cpu: partOf(nanos), cpuMillis: nanos.millis }),
    ...(pages && { pagesPerSecond: perSecond(pages) }),
    ...(batches && { batchesPerSecond: perSecond(batches) }),
    ...(pages && batches && batches.by > 0 &&
      { pagesPerBatch: pages.by / batches.by }),
  };
}

/** Part of one processor that ksmd used up to each reading, each over a tenth of a second so that short batches do not leap. */
export function cpuHistory(history: History): number[] {
  const { millis } = history;
  const parts: number[] = [];
  for (let to = 1; to < millis.length; to++) {
    const from = readingBefore(history, to, POINT_MILLIS);
    const grown = growth(history, "ksmdNanos", from, to);
    if (grown !== undefined) parts.push(partOf(grown));
  }
  return parts;
}

/** A part of a whole, such as `24.1%`. */
function partText(part: number): string {
  return `${(part * 100).toFixed(1)}%`;
}

/** A part of one processor, such as `24.1% cpu`. */
export function cpuText(part: number): string {
  return `${partText(part)} cpu`;
}

/** How smart scan is set; missing where the source does not show it. */
function smartScan(knobs: KnobValues): string | undefined {
  const smart = knobs["smart_scan"];
  return smart === undefined ? undefined : smart === "1" ? "on" : "off";
}

/** Pages a batch, and the sleep after it, as they are set; those that the source does not show are left out. */
function batchText(knobs: KnobValues): string {
  const pages = knobs["pages_to_scan"];
  const sleep = knobs["sleep_millisecs"];
  return [
    pages === undefined ? [] : [plural(Number(pages), "page")],
    sleep === undefined ? [] : [`${groupDigits(Number(sleep))} ms`],
  ].flat().join(" / ");
}

/** Batch, processor and smart scan in one line: at length, and without what matters least. */
export function paceTexts(snapshot: Snapshot, history: History): string[] {
  const { knobs } = snapshot;
  const { cpu } = paceOf(snapshot, history);
  const smart = smartScan(knobs);
  const parts = [
    batchText(knobs),
    cpu === undefined ? "" : cpuText(cpu),
    smart === undefined ? "" : `smart scan ${smart}`,
  ].filter((part) => part !== "");
  return parts.map((_, left) => parts.slice(0, parts.length - left).join("  "));
}

/** A line of the zoomed panel: what it is about, and what there is to say, at length and in fewer and fewer words. */
export interface PaceLine {
  /** What it is about. */
  readonly name: string;
  /** What there is to say; nothing where that is not known. */
  readonly texts: readonly string[];
}

/** A line that says less where there is less room: its last parts go first. */
function lineOf(name: string, parts: readonly string[]): PaceLine {
  const said = parts.filter((part) => part !== "");
  const texts = said.map((_, left) =>
    said.slice(0, said.length - left).join(", ")
  );
  return { name, texts };
}

/** A count that is mostly none of whole things. */
function rateText(rate: number): string {
  return rate < 100 ? rate.toFixed(1) : groupDigits(Math.round(rate));
}

/** Who sets `pages_to_scan`, and within which bounds. */
function advisorLine(knobs: KnobValues): PaceLine[] {
  const mode = knobs["advisor_mode"];
  if (mode === undefined) return [];
  if (!mode.includes("[scan-time]")) {
    return [lineOf("advisor", ["off: pages_to_scan stays as it is set"])];
  }
  const count = (name: string): string =>
    groupDigits(Number(knobs[name] ?? "0"));
  const least = count("advisor_min_pages_to_scan");
  const most = count("advisor_max_pages_to_scan");
  const target = count("advisor_target_scan_time");
  const cpu = count("advisor_max_cpu");
  return [lineOf("advisor", [
    `scan-time: a full scan in ${target} s`,
    `at most ${cpu}% cpu`,
    `${least} to ${most} pages`,
  ])];
}

/** The time that rates were taken over, such as `the last second`: less of it is known at first, and more where batches are far apart. */
function spanText(millis: number): string {
  if (millis < 950) return `the last ${Math.round(millis)} ms`;
  const seconds = (millis / 1000).toFixed(1);
  return seconds === "1.0" ? "the last second" : `the last ${seconds} s`;
}

/** What ksmd has used of a processor: now, and since the start. */
function cpuLine(
  { actors, timeMillis }: Snapshot,
  { cpu, cpuMillis = 0 }: ScanRates,
): PaceLine {
  const name = "processor";
  const ksmd = actors?.find(({ kind }) => kind === "ksmd");
  if (ksmd === undefined) return lineOf(name, []);
  const now = cpu === undefined
    ? ""
    : `${cpuText(cpu)} in ${spanText(cpuMillis)}`;
  if (timeMillis <= 0) return lineOf(name, [now]);
  const part = ksmd.cpuNanos / (timeMillis * NANOS_PER_MILLI);
  const all = `${cpuText(part)} since the start`;
  if (now === "") return lineOf(name, [all]);
  const inAll = `${partText(part)} in all`;
  return { name, texts: [`${now}, ${all}`, `${now}, ${inAll}`, now] };
}

/** What ksmd looks at, how fast, and what it is set to. */
export function paceLines(snapshot: Snapshot, history: History): PaceLine[] {
  const { counters, knobs } = snapshot;
  const rates = paceOf(snapshot, history);
  const { pagesPerSecond, batchesPerSecond, pagesPerBatch } = rates;
  const pages = knobs["pages_to_scan"];
  const sleep = knobs["sleep_millisecs"];
  const smart = smartScan(knobs);
  const told = <Value>(
    value: Value | undefined,
    text: (value: Value) => string,
  ): string => value === undefined ? "" : text(value);
  return [
    cpuLine(snapshot, rates),
    lineOf("scanned", [
      told(pagesPerSecond, (rate) => `${rateText(rate)} pages a second`),
      `${groupDigits(counters.pagesScanned)} so far`,
    ]),
    lineOf("batches", [
      told(batchesPerSecond, (rate) => `${rateText(rate)} a second`),
      told(pagesPerBatch, (rate) => `${rateText(rate)} pages each`),
    ]),
    lineOf("set to", [
      told(pages, (count) => `${plural(Number(count), "page")} a batch`),
      told(
        sleep,
        (millis) => `${groupDigits(Number(millis))} ms of sleep after it`,
      ),
    ]),
    lineOf("smart scan", [
      told(smart, (on) => on),
      told(
        smart,
        () => `${groupDigits(counters.pagesSkipped)} visits skipped`,
      ),
    ]),
    ...advisorLine(knobs),
  ].filter(({ texts }) => texts.length > 0);
}
