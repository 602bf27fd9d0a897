/**
 * The shape of plain data: which fields, of which type, in which range.
 *
 * A check answers what would be valid, and undefined when the value is.
 *
 * @module
 */
import { PAGE_BYTES } from "./pattern.ts";
import type { Pattern, PatternKind } from "./pattern.ts";
import { didYouMean, oneOfWords, quote } from "./nearest.ts";
import { parseU64 } from "./u64.ts";

/** What a value must be, said when it is not. */
export type Check = (value: unknown) => string | undefined;

/** One field: its check, and whether it may be missing. */
export interface Field {
  /** What the value must be. */
  readonly check: Check;
  /** Whether the field may be missing. */
  readonly optional: boolean;
}

/** A field for each property of `T`, so that none is forgotten. */
export type Shape<T> = { readonly [Name in keyof T]-?: Field };

/** A field that must be there. */
export function must(check: Check): Field {
  return { check, optional: false };
}

/** A field that may be missing. */
export function may(check: Check): Field {
  return { check, optional: true };
}

/** A whole number of a range. */
export function whole(min: number, max: number): Check {
  const valid = max === Number.MAX_SAFE_INTEGER
    ? `a whole number from ${min}`
    : `a whole number from ${min} to ${max}`;
  return (value) =>
    typeof value === "number" && Number.isSafeInteger(value) &&
      value >= min && value <= max
      ? undefined
      : valid;
}

/** One of several values. */
export function oneOf(values: readonly (string | number)[]): Check {
  const valid = oneOfWords(values.map(quote));
  const words = values.filter((each) => typeof each === "string");
  return (value) =>
    values.some((each) => each === value)
      ? undefined
      : typeof value === "string"
      ? valid + didYouMean(value, words)
      : valid;
}

/** Any text. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" ? undefined : "a text";
}

/** A text that is not empty. */
export function nameText(value: unknown): string | undefined {
  return typeof value === "string" && value !== ""
    ? undefined
    : "a text that is not empty";
}

/** True or false. */
export function bool(value: unknown): string | undefined {
  return typeof value === "boolean" ? undefined : "true or false";
}

/** A number of a pattern. */
export function u64(value: unknown): string | undefined {
  const valid = (typeof value === "number" || typeof value === "string") &&
    parseU64(value) !== undefined;
  return valid
    ? undefined
    : 'an unsigned 64-bit number, above 2^53 - 1 as text like "0xff00"';
}

/** A list of such values. */
export function listOf(check: Check, what: string): Check {
  return (value) =>
    Array.isArray(value) && value.every((each) => check(each) === undefined)
      ? undefined
      : `a list of ${what}`;
}

/** An object that is neither null nor a list. */
export function isRecord(
  value: unknown,
): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is wrong with the fields of an object; undefined when nothing is. */
export function shapeProblem(
  value: Readonly<Record<string, unknown>>,
  shape: Readonly<Record<string, Field>>,
): string | undefined {
  for (const name in shape) {
    const { check, optional } = shape[name];
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    if (given === undefined) {
      if (!optional) return `Field ${quote(name)} is missing`;
      continue;
    }
    const valid = check(given);
    if (valid !== undefined) {
      return `Field ${quote(name)} is ${quote(given)}: it must be ${valid}`;
    }
  }
  for (const name in value) {
    if (!Object.hasOwn(shape, name)) {
      const names = Object.keys(shape);
      return `Field ${quote(name)} is not known: the fields are ` +
        names.join(", ") + didYouMean(name, names);
    }
  }
}

const byte = whole(0, 255);

const PATTERN_SHAPES: {
  readonly [Kind in PatternKind]: Shape<Extract<Pattern, { kind: Kind }>>;
} = {
  zero: { kind: must(text) },
  const: { kind: must(text), byte: must(byte) },
  seq: { kind: must(text), base: must(u64) },
  mod: { kind: must(text), base: must(u64), m: must(u64) },
  tail: { kind: must(text), base: must(u64), m: may(u64), byte: may(byte) },
  at: {
    kind: must(text),
    byte: must(byte),
    offset: must(whole(0, PAGE_BYTES - 8)),
    base: must(u64),
    m: may(u64),
  },
  prng: { kind: must(text), seed: must(u64), m: may(u64) },
  text: { kind: must(text), seed: must(u64), m: may(u64) },
  file: {
    kind: must(text),
    path: must(nameText),
    offset: may(whole(0, Number.MAX_SAFE_INTEGER)),
  },
};

const kindCheck = oneOf(Object.keys(PATTERN_SHAPES));

/** What is wrong with a pattern; undefined when nothing is. */
export function patternProblem(value: unknown): string | undefined {
  if (!isRecord(value)) {
    return `Field "pattern" is ${quote(value)}: ` +
      'it must be an object like {"kind":"zero"}';
  }
  const { kind } = value;
  const valid = kindCheck(kind);
  if (valid !== undefined) {
    return `Pattern kind ${quote(kind)} is not known: it must be ${valid}`;
  }
  const shapes: Readonly<Record<string, Readonly<Record<string, Field>>>> =
    PATTERN_SHAPES;
  const problem = shapeProblem(value, shapes[String(kind)]);
  return problem && `Pattern ${quote(kind)}: ${problem}`;
}
