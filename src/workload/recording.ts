/**
 * Recordings: what a machine answered to a trace, the simulated one or a real
 * kernel.
 *
 * @module
 */
import { eventProblem, isEvent } from "./event_shape.ts";
import { parseJson } from "./json.ts";
import { printDocument } from "./layout.ts";
import { quote } from "./nearest.ts";
import type { RecordedEvent } from "./recorded_event.ts";
import {
  bool,
  isRecord,
  listOf,
  may,
  must,
  nameText,
  oneOf,
  shapeProblem,
  text,
  whole,
} from "./shape.ts";
import type { Field, Shape } from "./shape.ts";
import { TraceError } from "./trace_error.ts";

/** The answer to a `ksm-trace/1`, with files or without, or to a `ksm-trace-numa/1`. */
export type RecordingFormat = "ksm-recording/1" | "ksm-recording-numa/1";

/** A recording. What it says about how it was made is left out. */
export interface Recording {
  /** The format and its version. */
  readonly format: RecordingFormat;
  /** Name of the trace. */
  readonly trace: string;
  /** Names of the columns of a row, in their order. */
  readonly cols: readonly string[];
  /** In the order of the operations. */
  readonly events: readonly RecordedEvent[];
}

const FORMATS: readonly RecordingFormat[] = [
  "ksm-recording/1",
  "ksm-recording-numa/1",
];

const RECORDING_SHAPE: Shape<Recording> = {
  format: must(oneOf(FORMATS)),
  trace: must(nameText),
  cols: must(listOf(nameText, "names")),
  events: must(listOf(() => undefined, "events")),
};

/** Fields that only say how a recording was made. */
const MADE_SHAPE: Readonly<Record<string, Field>> = {
  trace_sha256: may(text),
  kernel: may(text),
  runs: may(whole(0, Number.MAX_SAFE_INTEGER)),
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
    if (isEvent(event, document)) return event;
    const problem = eventProblem(event, document) ?? "";
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
  readonly format: RecordingFormat;
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
