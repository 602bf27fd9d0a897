/**
 * The shape of each operation, by itself: fields, types and ranges. What
 * depends on the operations before it is the part of `op_checker.ts`.
 *
 * @module
 */
import { KNOB_NAMES } from "./knob_names.ts";
import { didYouMean, quote } from "./nearest.ts";
import { NODES } from "./numa_op.ts";
import type { Op, OpName } from "./op.ts";
import { PAGES_PER_SLOT, SLOTS, WRITE_BYTES_MAX } from "./op.ts";
import { PAGE_BYTES } from "./pattern.ts";
import {
  bool,
  isRecord,
  may,
  must,
  nameText,
  oneOf,
  patternProblem,
  shapeProblem,
  text,
  whole,
} from "./shape.ts";
import type { Check, Field, Shape } from "./shape.ts";

const PAGES_MAX = SLOTS * PAGES_PER_SLOT;

const count = whole(0, PAGES_MAX);
const any = whole(0, Number.MAX_SAFE_INTEGER);
const slot = whole(0, SLOTS - 1);
const off = whole(0, PAGES_MAX - 1);
const pages = whole(1, PAGES_MAX);
const prot = oneOf(["rw", "r", "none"]);
const each = oneOf(["batch", "pass"]);

const node = must(oneOf(NODES));

const op = must(text);
const proc = must(nameText);
/** Patterns have fields of their own and report for themselves. */
const pattern = must(() => undefined);
const region = { op, proc, region: must(nameText) };
const part = { ...region, start: may(count), count: may(count) };

const hexBytes: Check = (value) =>
  typeof value === "string" && value.length % 2 === 0 &&
    /^[0-9a-fA-F]+$/.test(value) && value.length <= 2 * WRITE_BYTES_MAX
    ? undefined
    : `1 to ${WRITE_BYTES_MAX} bytes in hex, two digits each`;

const OP_SHAPES: {
  readonly [Name in OpName]: Shape<Extract<Op, { op: Name }>>;
} = {
  proc: { op, proc },
  mmap: {
    ...region,
    slot: must(slot),
    pages: must(pages),
    off: may(off),
    prot: may(prot),
  },
  fill: { ...part, pattern },
  write: {
    ...region,
    page: must(count),
    offset: must(whole(0, PAGE_BYTES - 1)),
    bytes: must(hexBytes),
  },
  read: part,
  hash: part,
  madvise: {
    ...part,
    advice: must(oneOf(["mergeable", "unmergeable", "dontneed"])),
  },
  munmap: part,
  mremap: { ...region, slot: must(slot), off: may(off), pages: may(pages) },
  mprotect: { ...part, prot: must(prot) },
  fork: { op, proc, child: proc },
  exit: { op, proc },
  prctl: { op, proc, mergeAny: must(bool) },
  knob: { op, name: must(oneOf(KNOB_NAMES)), value: must(text) },
  run: { op, value: must(oneOf([0, 1, 2])) },
  scanBatches: { op, n: must(any), each: may(each) },
  scanPasses: {
    op,
    n: must(any),
    each: may(each),
    limit: may(whole(1, Number.MAX_SAFE_INTEGER)),
  },
  sample: { op, label: may(text), knobs: may(bool) },
  sleep: { op, ms: must(any) },
  bind: { op, proc: may(nameText), node },
  mbind: { ...part, node },
  move: { ...part, node, all: may(bool) },
  offline: { op, node },
  online: { op, node },
};

/** What is wrong with the shape of an operation; undefined when it is an {@linkcode Op}. */
export function opProblem(value: unknown): string | undefined {
  if (!isRecord(value)) {
    return `An op is ${quote(value)}: ` +
      'it must be an object like {"op":"proc","proc":"A"}';
  }
  const { op } = value;
  if (op === undefined) return 'Field "op" is missing';
  const shapes: Readonly<Record<string, Readonly<Record<string, Field>>>> =
    OP_SHAPES;
  if (typeof op !== "string" || !Object.hasOwn(shapes, op)) {
    const names = Object.keys(shapes);
    return `Op ${quote(op)} is not known: the ops are ${names.join(", ")}` +
      (typeof op === "string" ? didYouMean(op, names) : "");
  }
  return shapeProblem(value, shapes[op]) ??
    (op === "fill" ? patternProblem(value.pattern) : undefined);
}

/** Whether a value is an operation by its shape. */
export function isOp(value: unknown): value is Op {
  return opProblem(value) === undefined;
}
