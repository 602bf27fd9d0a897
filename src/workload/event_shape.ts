/**
 * The shape of each event of a recording.
 *
 * @module
 */
import { quote } from "./nearest.ts";
import type {
  BlocksEvent,
  ErrnoEvent,
  RecordedEvent,
  ScanEvent,
} from "./recorded_event.ts";
import type { Recording } from "./recording.ts";
import {
  bool,
  isRecord,
  listOf,
  may,
  must,
  oneOf,
  shapeProblem,
  text,
  whole,
} from "./shape.ts";
import type { Check, Field, Shape } from "./shape.ts";
import { parseRuns } from "./value_runs.ts";

/** What of a recording its events must fit. */
export type RecordingFrame = Pick<Recording, "format" | "cols">;

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

const row = listOf(
  (value) => Number.isSafeInteger(value) ? undefined : "a whole number",
  "whole numbers",
);

/** Numbers and flags; `nodes` is looked at by itself, so that what is wrong in it can be told. */
const figures: Check = (value) =>
  isRecord(value) &&
    Object.entries(value).every(([name, figure]) =>
      name === "nodes" || typeof figure === "number" ||
      bool(figure) === undefined
    )
    ? undefined
    : "an object of figures";

/** The highest value that is a node. */
const NODE_MAX = 1;

const runs: Check = (value) =>
  typeof value === "string" &&
    parseRuns(value)?.every(({ value }) => value <= NODE_MAX)
    ? undefined
    : 'runs of nodes 0 and 1, and errnos below 0, like "0*4 -2 1*3"';

const scan: Shape<ScanEvent> = {
  i,
  op,
  batches: must(any),
  passes: must(any),
  rows: must(listOf(row, "rows")),
  stop: may(oneOf(["idle"])),
};
const errnoOnly: Shape<ErrnoEvent> = { i, op, errno };
const blocks: Shape<BlocksEvent> = { i, op, blocks: must(any), errno };

/** The event of an operation, by the operation's name. */
type EventOf<Name, Event = RecordedEvent> = Event extends { op: infer Names }
  ? (Name extends Names ? Event : never)
  : never;

/** The operations whose event only a machine with two nodes can answer. */
type NumaEventName = "move" | "offline" | "online";

const EVENT_SHAPES: {
  readonly [Name in Exclude<RecordedEvent["op"], NumaEventName>]: Shape<
    EventOf<Name>
  >;
} = {
  scanBatches: scan,
  scanPasses: scan,
  sample: {
    i,
    op,
    label: may(text),
    ksm: must(row),
    procs: must(recordOf(figures, "processes")),
    knobs: may(recordOf(text, "texts")),
  },
  knob: { i, op, errno, now: must(text) },
  run: errnoOnly,
  madvise: errnoOnly,
  prctl: { i, op, errno, get: must(any) },
  hash: { i, op, fnv1a64: must(text) },
};

const NUMA_EVENT_SHAPES: {
  readonly [Name in NumaEventName]: Shape<EventOf<Name>>;
} = {
  move: {
    i,
    op,
    errno,
    left: must(whole(-1, Number.MAX_SAFE_INTEGER)),
    status: must(runs),
  },
  offline: blocks,
  online: blocks,
};

type Shapes = Readonly<Record<string, Readonly<Record<string, Field>>>>;

const SHAPES: Readonly<Record<Recording["format"], Shapes>> = {
  "ksm-recording/1": EVENT_SHAPES,
  "ksm-recording-numa/1": { ...EVENT_SHAPES, ...NUMA_EVENT_SHAPES },
};

/** What is wrong with an event; undefined when it is a {@linkcode RecordedEvent} of such a recording. */
export function eventProblem(
  event: unknown,
  { format, cols }: RecordingFrame,
): string | undefined {
  if (!isRecord(event)) return `It is ${quote(event)}: it must be an object`;
  const shapes = SHAPES[format];
  const { op } = event;
  if (typeof op !== "string" || !Object.hasOwn(shapes, op)) {
    return `Op ${quote(op)} has no event in format "${format}": ` +
      `those that have one are ${Object.keys(shapes).join(", ")}`;
  }
  const problem = shapeProblem(event, shapes[op]) ??
    (op === "sample" ? nodesProblem(event.procs, format) : undefined);
  if (problem !== undefined) return problem;
  const rows = Array.isArray(event.rows) ? event.rows : [];
  const bad = [...rows, event.ksm ?? cols].find((row) =>
    row.length !== cols.length
  );
  return bad && `A row has ${bad.length} numbers for ${cols.length} columns`;
}

/** Whether a value is an event of such a recording. */
export function isEvent(
  event: unknown,
  frame: RecordingFrame,
): event is RecordedEvent {
  return eventProblem(event, frame) === undefined;
}

/** Where pages are is told by recordings of two nodes, of each process, and by no other. */
function nodesProblem(
  procs: unknown,
  format: Recording["format"],
): string | undefined {
  for (const [name, figures] of Object.entries(procs ?? {})) {
    const { nodes } = figures;
    const of = `of process ${quote(name)}`;
    if (format === "ksm-recording/1") {
      if (nodes === undefined) continue;
      return `Field "nodes" ${of} is not known in format "${format}": ` +
        'the format must be "ksm-recording-numa/1"';
    }
    if (nodes === undefined) return `Field "nodes" ${of} is missing`;
    if (!isRecord(nodes)) {
      return `Field "nodes" ${of} is ${quote(nodes)}: ` +
        'it must be an object like {"r":"0*4 -2 1*3"}';
    }
    for (const [region, text] of Object.entries(nodes)) {
      const valid = runs(text);
      if (valid === undefined) continue;
      return `Field "nodes" ${of} has ${quote(text)} for region ` +
        `${quote(region)}: it must be ${valid}`;
    }
  }
}
