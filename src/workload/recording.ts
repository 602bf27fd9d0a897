/**
 * Recordings: what a machine answered to a trace, the simulated one or a real
 * kernel.
 *
 * @module
 */
import { parseJson } from "./json.ts";
import { printDocument } from "./layout.ts";
import { quote } from "./nearest.ts";
import {
  bool,
  isRecord,
  may,
  must,
  nameText,
  oneOf,
  shapeProblem,
  text,
  whole,
} from "./shape.ts";
import type { Check, Field, Shape } from "./shape.ts";
import { TraceError } from "./trace_error.ts";

/** Global counters, in the order of {@linkcode Recording.cols}. */
export type Row = readonly number[];

/** Figures of one process by their names in procfs. */
export type ProcessSample = Readonly<Record<string, number | boolean>>;

/** What a scan did. */
export interface ScanEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "scanBatches" | "scanPasses";
  /** Batches done. */
  readonly batches: number;
  /** Full scans ended. */
  readonly passes: number;
  /** Counters after each batch or each full scan, as the operation asks. */
  readonly rows: readonly Row[];
  /** Present when the scan ended early: ksmd had nothing to do. */
  readonly stop?: "idle";
}

/** All counters at one moment. */
export interface SampleEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "sample";
  /** Name of the sample. */
  readonly label?: string;
  /** The global counters. */
  readonly ksm: Row;
  /** Figures of each live process, by its name. */
  readonly procs: Readonly<Record<string, ProcessSample>>;
  /** The text of each knob, by its name in sysfs. */
  readonly knobs?: Readonly<Record<string, string>>;
}

/** What a write to a knob came to. */
export interface KnobEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "knob";
  /** 0, or why the value was refused. */
  readonly errno: number;
  /** The knob's text afterwards. */
  readonly now: string;
}

/** Whether a call succeeded. */
export interface ErrnoEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "run" | "madvise";
  /** 0, or why it failed. */
  readonly errno: number;
}

/** What prctl answered. */
export interface PrctlEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "prctl";
  /** 0, or why it failed. */
  readonly errno: number;
  /** The flag afterwards. */
  readonly get: number;
}

/** The hash of some pages. */
export interface HashEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "hash";
  /** FNV-1a 64 over all bytes, sixteen hex digits. */
  readonly fnv1a64: string;
}

/** What was recorded of one operation. Operations that answer nothing have no event. */
export type RecordedEvent =
  | ScanEvent
  | SampleEvent
  | KnobEvent
  | ErrnoEvent
  | PrctlEvent
  | HashEvent;

/** A recording. What it says about how it was made is left out. */
export interface Recording {
  /** The format and its version. */
  readonly format: "ksm-recording/1";
  /** Name of the trace. */
  readonly trace: string;
  /** Names of the columns of a row, in their order. */
  readonly cols: readonly string[];
  /** In the order of the operations. */
  readonly events: readonly RecordedEvent[];
}

const any = whole(0, Number.MAX_SAFE_INTEGER);
const i = must(any);
const op = must(text);
const errno = must(any);

function recordOf(check: Check, what: string): Check {
  return (value) =>
    isRecord(value) &&
      Object.values(value).every((each) => check(each) === undefined)
      ? undefined
      : `an object of ${what}`;
}

function listOf(check: Check, what: string): Check {
  return (value) =>
    Array.isArray(value) && value.every((each) => check(each) === undefined)
      ? undefined
      : `a list of ${what}`;
}

const row = listOf(
  (value) => Number.isSafeInteger(value) ? undefined : "a whole number",
  "whole numbers",
);
const figure: Check = (value) =>
  typeof value === "number" ? undefined : bool(value);

const scan: Shape<ScanEvent> = {
  i,
  op,
  batches: must(any),
  passes: must(any),
  rows: must(listOf(row, "rows")),
  stop: may(oneOf(["idle"])),
};
const errnoOnly: Shape<ErrnoEvent> = { i, op, errno };

/** The event of an operation, by the operation's name. */
type EventOf<Name, Event = RecordedEvent> = Event extends { op: infer Names }
  ? (Name extends Names ? Event : never)
  : never;

const EVENT_SHAPES: {
  readonly [Name in RecordedEvent["op"]]: Shape<EventOf<Name>>;
} = {
  scanBatches: scan,
  scanPasses: scan,
  sample: {
    i,
    op,
    label: may(text),
    ksm: must(row),
    procs: must(recordOf(recordOf(figure, "figures"), "processes")),
    knobs: may(recordOf(text, "texts")),
  },
  knob: { i, op, errno, now: must(text) },
  run: errnoOnly,
  madvise: errnoOnly,
  prctl: { i, op, errno, get: must(any) },
  hash: { i, op, fnv1a64: must(text) },
};

const RECORDING_SHAPE: Shape<Recording> = {
  format: must(oneOf(["ksm-recording/1"])),
  trace: must(nameText),
  cols: must(listOf(nameText, "names")),
  events: must(listOf(() => undefined, "events")),
};

/** Fields that only say how a recording was made. */
const MADE_SHAPE: Readonly<Record<string, Field>> = {
  trace_sha256: may(text),
  kernel: may(text),
  runs: may(any),
  identical: may(bool),
};

/**
 * Parses a recording. `name` is what errors call the document, such as its path.
 *
 * @throws {TraceError} Where it goes wrong, and what would be valid.
 */
export function parseRecording(text: string, name: string): Recording {
  const document = parseJson(text, name);
  if (!isRecordingHead(document)) {
    throw new TraceError(name, headProblem(document) ?? "");
  }
  const { format, trace, cols } = document;
  const events = document.events.map((event, index) => {
    if (isEvent(event, cols)) return event;
    const problem = eventProblem(event, cols) ?? "";
    throw new TraceError(`${name}: event ${index}`, problem);
  });
  return { format, trace, cols, events };
}

/** Prints a recording in the format's own layout: one event a line. */
export function printRecording(recording: Recording): string {
  const { format, trace, cols, events } = recording;
  const head: [string, unknown][] = [
    ["format", format],
    ["trace", trace],
    ["cols", cols],
  ];
  return printDocument(head, "events", events);
}

/** A recording's fields before its events are checked. */
interface RecordingHead {
  readonly format: "ksm-recording/1";
  readonly trace: string;
  readonly cols: readonly string[];
  readonly events: readonly unknown[];
}

function isRecordingHead(document: unknown): document is RecordingHead {
  return headProblem(document) === undefined;
}

function headProblem(document: unknown): string | undefined {
  return isRecord(document)
    ? shapeProblem(document, { ...RECORDING_SHAPE, ...MADE_SHAPE })
    : `Cannot read ${quote(document)} as a recording: it must be an object`;
}

function isEvent(
  event: unknown,
  cols: readonly string[],
): event is RecordedEvent {
  return eventProblem(event, cols) === undefined;
}

function eventProblem(
  event: unknown,
  cols: readonly string[],
): string | undefined {
  if (!isRecord(event)) return `It is ${quote(event)}: it must be an object`;
  const shapes: Readonly<Record<string, Readonly<Record<string, Field>>>> =
    EVENT_SHAPES;
  const { op } = event;
  if (typeof op !== "string" || !Object.hasOwn(shapes, op)) {
    return `Op ${quote(op)} has no event: those that have one are ` +
      Object.keys(shapes).join(", ");
  }
  const problem = shapeProblem(event, shapes[op]);
  if (problem !== undefined) return problem;
  const rows = Array.isArray(event.rows) ? event.rows : [];
  const bad = [...rows, event.ksm ?? cols].find((row) =>
    row.length !== cols.length
  );
  return bad && `A row has ${bad.length} numbers for ${cols.length} columns`;
}
