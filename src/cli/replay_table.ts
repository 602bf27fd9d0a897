/**
 * A recording as people read it.
 *
 * @module
 */
import { COUNTERS, type Counters } from "../engine/ksm/mod.ts";
import {
  counterCells,
  counterHeadings,
  groupDigits,
  printable,
} from "../observe/mod.ts";
import type {
  RecordedEvent,
  RegionNodes,
  Row,
  SampleEvent,
} from "../workload/mod.ts";
import { errnoName } from "../observe/errno.ts";

/** Rows of one scan that are shown at its start and at its end, when there are more. */
const ROWS_SHOWN = 5;

/** What stands before the operation's index ends. */
const INDEX_WIDTH = 6;

/** What stands above the events of a trace. */
export function replayHeadings(title: string): string {
  return `${printable(title)}\n${"op".padStart(INDEX_WIDTH)}  ` +
    `${counterHeadings()}\n`;
}

/** One event: a line of what it answered, and a line for each of its rows. */
export function replayLines(event: RecordedEvent): string {
  const index = String(event.i).padStart(INDEX_WIDTH);
  const indent = " ".repeat(INDEX_WIDTH);
  return `${index}  ${printable(answer(event))}\n` +
    details(event).map((line) => `${indent}  ${printable(line)}\n`).join("");
}

function answer(event: RecordedEvent): string {
  switch (event.op) {
    case "scanBatches":
    case "scanPasses": {
      const { batches, op, passes, stop } = event;
      const idle = stop === "idle" ? ", then ksmd had nothing to do" : "";
      return `${op}: ${count(batches, "batch", "batches")}, ` +
        `${count(passes, "full scan", "full scans")}${idle}`;
    }
    case "sample":
      return event.label === undefined ? "sample" : `sample: ${event.label}`;
    case "knob":
      return `knob: ${errnoName(event.errno)}, now ${event.now}`;
    case "prctl":
      return `prctl: ${errnoName(event.errno)}, now ${event.get}`;
    case "run":
    case "madvise":
      return `${event.op}: ${errnoName(event.errno)}`;
    case "hash":
      return `hash: ${event.fnv1a64}`;
    case "move":
      return `move: ${errnoName(event.errno)}, ` +
        `${count(event.left, "page", "pages")} left, status ${event.status}`;
    case "offline":
    case "online":
      return `${event.op}: ${errnoName(event.errno)}, ` +
        count(event.blocks, "block", "blocks");
  }
}

function count(number: number, one: string, more: string): string {
  return `${groupDigits(number)} ${number === 1 ? one : more}`;
}

function details(event: RecordedEvent): string[] {
  if (event.op === "sample") return [rowLine(event.ksm), ...processes(event)];
  if (!("rows" in event)) return [];
  const { rows } = event;
  const left = rows.length - 2 * ROWS_SHOWN;
  if (left <= 1) return rows.map(rowLine);
  return [
    ...rows.slice(0, ROWS_SHOWN).map(rowLine),
    `... ${groupDigits(left)} rows left out; --json prints all`,
    ...rows.slice(-ROWS_SHOWN).map(rowLine),
  ];
}

function processes({ procs }: SampleEvent): string[] {
  return Object.entries(procs).map(([name, sample]) => {
    const figures = Object.entries(sample)
      .flatMap(([what, figure]) =>
        typeof figure === "object" ? nodes(figure) : `${what} ${figure}`
      );
    return `${name}: ${figures.join(", ")}`;
  });
}

/** Where the pages of each region are; nothing when there is no region. */
function nodes(regions: RegionNodes): string[] {
  const entries = Object.entries(regions);
  if (entries.length === 0) return [];
  return [
    `nodes ${entries.map(([name, runs]) => `${name} ${runs}`).join("; ")}`,
  ];
}

function rowLine(row: Row): string {
  const counters = Object.fromEntries(
    COUNTERS.map(({ field }, column) => [field, row[column]]),
  ) as Record<keyof Counters, number>;
  return counterCells(counters);
}
