/**
 * The text of `/proc/lock_stat`, version 0.4.
 *
 * Programs that read the kernel's file read this one too. What differs:
 *
 * - A class that the kernel's lock_stat does not have is marked as ours:
 *   `folio_lock(ksmscope)`.
 * - There are no addresses. In the place of one is a number made from the name of
 *   the site, as stable as it. The site `break_cow:mmap_lock` is printed as the symbol
 *   `break_cow.mmap_lock+0x0/0x0`: with its colon, `grep :` would not answer
 *   the classes alone, as it does for the kernel's file.
 * - Classes with equally many contentions come in a fixed order.
 *
 * @module
 */
import { LOCK_CLASSES, type LockClass } from "../../engine/lib/lock.ts";
import type { LockFigures } from "../lock_view.ts";
import type { LockPoints } from "./lock_points.ts";
import type { LockState } from "./lock_state.ts";

const NAME_WIDTH = 40;
const COLUMN_WIDTH = 14;
const ADDRESS_WIDTH = 29;
const COLUMNS = [
  "con-bounces",
  "contentions",
  "waittime-min",
  "waittime-max",
  "waittime-total",
  "waittime-avg",
  "acq-bounces",
  "acquisitions",
  "holdtime-min",
  "holdtime-max",
  "holdtime-total",
  "holdtime-avg",
];
const LINE_WIDTH = NAME_WIDTH + 1 + COLUMNS.length * (COLUMN_WIDTH + 1);

/** What is printed of one class. */
interface ClassSection {
  readonly name: string;
  readonly exclusive: LockFigures;
  readonly shared: LockFigures;
  readonly contentionPoints: LockPoints;
  readonly holderPoints: LockPoints;
}

/** The text, as read from the file: classes that were never let go are left out, those waited for most often come first. */
export function lockStat(state: LockState): string {
  const sections = LOCK_CLASSES.map((lockClass) => section(state, lockClass));
  sections.sort((a, b) => contentions(b) - contentions(a));
  const rule = "-".repeat(LINE_WIDTH);
  const header = "class name".padStart(NAME_WIDTH) + cells(COLUMNS);
  return [
    "lock_stat version 0.4",
    rule,
    header,
    rule,
    "",
    ...sections.flatMap(classLines),
  ].map((line) => `${line}\n`).join("");
}

function section(state: LockState, lockClass: LockClass): ClassSection {
  const { sites } = state;
  const { index, name, inLockStat } = lockClass;
  const { contentionPoints, holderPoints } = state.classes[index];
  return {
    name: inLockStat ? name : `${name}(ksmscope)`,
    exclusive: sites.figures.sum(sites.of(index, "exclusive")),
    shared: sites.figures.sum(sites.of(index, "shared")),
    contentionPoints,
    holderPoints,
  };
}

function contentions({ exclusive, shared }: ClassSection): number {
  return exclusive.contentions + shared.contentions;
}

function classLines(section: ClassSection): string[] {
  const { name, exclusive, shared, contentionPoints, holderPoints } = section;
  const hasReaders = shared.acquisitions > 0;
  const lines: string[] = [];
  if (exclusive.acquisitions > 0) {
    lines.push(figuresLine(hasReaders ? `${name}-W` : name, exclusive));
  }
  if (hasReaders) lines.push(figuresLine(`${name}-R`, shared));
  if (contentions(section) === 0) return lines;
  const dashes = "-".repeat(name.length + (hasReaders ? 2 : 0));
  for (const points of [contentionPoints, holderPoints]) {
    if (points.sites.length === 0) return lines;
    lines.push(dashes.padStart(NAME_WIDTH), ...pointLines(name, points));
  }
  return [...lines, "", ".".repeat(LINE_WIDTH), ""];
}

function figuresLine(name: string, figures: LockFigures): string {
  return `${name.padStart(NAME_WIDTH)}:${
    cells([
      figures.conBounces,
      figures.contentions,
      ...times(
        figures.waitMinNanos,
        figures.waitMaxNanos,
        figures.waitTotalNanos,
        figures.contentions,
      ),
      figures.acqBounces,
      figures.acquisitions,
      ...times(
        figures.holdMinNanos,
        figures.holdMaxNanos,
        figures.holdTotalNanos,
        figures.acquisitions,
      ),
    ]).slice(1)
  }`;
}

function pointLines(name: string, points: LockPoints): string[] {
  return points.sites.map((site, slot) => {
    const symbol = `${site.replaceAll(":", ".")}+0x0/0x0`;
    const address = `[<${addressOf(site)}>]`.padStart(ADDRESS_WIDTH);
    const count = cells([points.counts[slot]]);
    return `${name.padStart(NAME_WIDTH)}${count} ${address} ${symbol}`;
  });
}

function cells(values: readonly (number | string)[]): string {
  return values.map((value) => ` ${String(value).padStart(COLUMN_WIDTH)}`)
    .join("");
}

/** Minimum, maximum, total and average. */
function times(
  min: number,
  max: number,
  total: number,
  count: number,
): string[] {
  const average = count === 0 ? 0 : total / count;
  return [min, max, total, average].map(micros);
}

/** Nanoseconds as microseconds, rounded to hundredths, halves up. */
function micros(nanos: number): string {
  const hundredths = Math.floor((nanos + 5) / 10);
  const fraction = String(hundredths % 100).padStart(2, "0");
  return `${Math.floor(hundredths / 100)}.${fraction}`;
}

/** Sixteen hexadecimal digits for a name: half of them 0, the others its FNV-1a hash. */
function addressOf(site: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < site.length; i++) {
    hash = Math.imul(hash ^ site.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(16, "0");
}
