/**
 * Between data and JSON, in both ways: what is written can be read, and what is
 * read is checked to the last field.
 *
 * @module
 */
import { isList, isObject, type Json, type JsonObject } from "./json.ts";

/** JSON that is not as it must be. */
export class ShapeError extends Error {
  /** Where, such as `.processes[2].pid`. */
  readonly path: string;

  /** At a path. */
  constructor(path: string, problem: string) {
    super(problem);
    this.path = path;
  }
}

/** Writes and reads values of one type. */
export interface Codec<T> {
  /** The JSON that stands for a value. */
  write(value: T): Json;
  /**
   * The value that a JSON stands for.
   *
   * @throws {ShapeError} It stands for none.
   */
  read(json: Json, path: string): T;
}

/** Writes and reads objects. */
export interface ObjectCodec<T> extends Codec<T> {
  /** See {@linkcode Codec}. */
  write(value: T): JsonObject;
}

/** A field that may be missing. */
export interface Optional<T> {
  /** What it holds if not. */
  readonly optional: Codec<T>;
}

/** A codec for each field, so that none is forgotten. */
export type Fields<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K>
    ? Optional<Exclude<T[K], undefined>>
    : Codec<T[K]>;
};

/** A field that may be missing. */
export function optional<T>(codec: Codec<T>): Optional<T> {
  return { optional: codec };
}

function refuse(path: string, json: Json, valid: string): never {
  const text = JSON.stringify(json);
  const shown = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  throw new ShapeError(path, `is ${shown}: it must be ${valid}`);
}

function plain<T extends Json>(
  valid: string,
  isValid: (json: Json) => json is T,
): Codec<T> {
  return {
    write: (value) => value,
    read: (json, path) => isValid(json) ? json : refuse(path, json, valid),
  };
}

/** Any text. */
export const text: Codec<string> = plain(
  "a text",
  (json) => typeof json === "string",
);

/** Any number that JSON can write. */
export const number: Codec<number> = plain(
  "a number",
  (json) => typeof json === "number",
);

/** True or false. */
export const truth: Codec<boolean> = plain(
  "true or false",
  (json) => typeof json === "boolean",
);

/** A number from `min` to `max`. */
export function numberFrom(min: number, max = Number.MAX_VALUE): Codec<number> {
  const range = max === Number.MAX_VALUE ? `${min}` : `${min} to ${max}`;
  return plain(
    `a number from ${range}`,
    (json): json is number =>
      typeof json === "number" && json >= min && json <= max,
  );
}

/** A whole number from 0 to `max`. */
export function whole(max = Number.MAX_SAFE_INTEGER): Codec<number> {
  const range = max === Number.MAX_SAFE_INTEGER ? "0" : `0 to ${max}`;
  return plain(
    `a whole number from ${range}`,
    (json): json is number =>
      typeof json === "number" && Number.isSafeInteger(json) && json >= 0 &&
      json <= max,
  );
}

/** A text of this form. */
export function matching(valid: string, form: RegExp): Codec<string> {
  return plain(
    valid,
    (json): json is string => typeof json === "string" && form.test(json),
  );
}

/** What `codec` reads, where `check` does not refuse it. */
export function checked<T>(
  codec: Codec<T>,
  check: (value: T, path: string) => void,
): Codec<T> {
  return {
    write: (value) => codec.write(value),
    read: (json, path) => {
      const value = codec.read(json, path);
      check(value, path);
      return value;
    },
  };
}

/** One of some texts. */
export function oneOf<T extends string>(...values: readonly T[]): Codec<T> {
  const quoted = values.map((value) => JSON.stringify(value)).join(", ");
  return plain(
    `one of ${quoted}`,
    (json): json is T => values.some((value) => value === json),
  );
}

/** A list. */
export function listOf<T>(codec: Codec<T>): Codec<readonly T[]> {
  return {
    write: (values) => values.map((value) => codec.write(value)),
    read: remembered((json, path) =>
      isList(json)
        ? json.map((each, i) => codec.read(each, `${path}[${i}]`))
        : refuse(path, json, "a list")
    ),
  };
}

/** An object with any names, all of whose values are alike. */
export function recordOf<T>(
  codec: Codec<T>,
): Codec<Readonly<Record<string, T>>> {
  return {
    write: (record) =>
      Object.fromEntries(
        Object.entries(record).map(([name, value]) => [
          name,
          codec.write(value),
        ]),
      ),
    read: remembered((json, path) =>
      Object.fromEntries(
        entriesOf(json, path).map(([name, value]) => [
          name,
          codec.read(value, `${path}.${name}`),
        ]),
      )
    ),
  };
}

/** An object with these fields and no others. */
export function object<T extends object>(fields: Fields<T>): ObjectCodec<T> {
  const codecs: Readonly<Record<string, Codec<unknown> | Optional<unknown>>> =
    fields;
  return {
    write(value) {
      const json: Record<string, Json> = {};
      const values = new Map<string, unknown>(Object.entries(value));
      for (const [name, field] of Object.entries(codecs)) {
        const each = values.get(name);
        if (each !== undefined) json[name] = codecOf(field).write(each);
      }
      return json;
    },
    read: remembered((json, path) => {
      const given = new Map(entriesOf(json, path));
      const value: Record<string, unknown> = {};
      for (const [name, field] of Object.entries(codecs)) {
        const each = given.get(name);
        given.delete(name);
        if (each !== undefined) {
          value[name] = codecOf(field).read(each, `${path}.${name}`);
        } else if (!("optional" in field)) {
          throw new ShapeError(`${path}.${name}`, "is missing");
        }
      }
      const [unknown] = given.keys();
      if (unknown === undefined) return value as T;
      throw new ShapeError(
        `${path}.${unknown}`,
        `is not known: the fields are ${Object.keys(codecs).join(", ")}`,
      );
    }),
  };
}

function codecOf(field: Codec<unknown> | Optional<unknown>): Codec<unknown> {
  return "optional" in field ? field.optional : field;
}

function entriesOf(json: Json, path: string): [string, Json][] {
  return isObject(json)
    ? Object.entries(json)
    : refuse(path, json, "an object");
}

/** The same JSON object stands for the same value, which is read once: most of a sample is as it was in the sample before. */
function remembered<T extends object>(
  read: Codec<T>["read"],
): Codec<T>["read"] {
  const values = new WeakMap<object, T>();
  return (json, path) => {
    if (typeof json !== "object" || json === null) return read(json, path);
    const known = values.get(json);
    if (known !== undefined) return known;
    const value = read(json, path);
    values.set(json, value);
    return value;
  };
}

/** A value that is written as a text. */
export function asText<T>(
  valid: string,
  print: (value: T) => string,
  parse: (text: string) => T | undefined,
): Codec<T> {
  return {
    write: print,
    read: (json, path) =>
      (typeof json === "string" ? parse(json) : undefined) ??
        refuse(path, json, valid),
  };
}
