/**
 * Samples follow each other closely, so that a line of a session says only what
 * has changed since the line before.
 *
 * - A field that is missing is as it was; one that is `null` is gone.
 * - An object that was there has in its place the fields that have changed.
 * - In a list of objects, a text names elements of the list before: `"3"` or
 *   `"3..17"`, from 0. An object with a field `"like"` is the element of that
 *   number before, changed as its other fields say.
 * - Anything else is new in whole.
 *
 * ```
 *   before {"t": 1, "list": [{"n": "a", "x": 1}, {"n": "b", "x": 1}]}
 *   line   {"t": 2, "list": ["0", {"like": 1, "x": 5}, {"n": "c", "x": 0}]}
 *   after  {"t": 2, "list": [{"n": "a", "x": 1}, {"n": "b", "x": 5}, {"n": "c", "x": 0}]}
 * ```
 *
 * What has not changed is the same object before and after.
 *
 * @module
 */
import {
  isList,
  isObject,
  isObjectList,
  type Json,
  type JsonObject,
} from "./json.ts";

const LIKE = "like";

/** A delta that does not fit what it is to change. */
export class DeltaError extends Error {}

/** What has changed in an object. */
export function deltaOf(before: JsonObject, after: JsonObject): JsonObject {
  const delta: [string, Json][] = [];
  for (const name of Object.keys(before)) {
    if (!Object.hasOwn(after, name)) delta.push([name, null]);
  }
  for (const [name, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    if (old === undefined) delta.push([name, value]);
    else if (!isSame(old, value)) delta.push([name, changeOf(old, value)]);
  }
  return Object.fromEntries(delta);
}

function changeOf(before: Json, after: Json): Json {
  if (isObject(before) && isObject(after)) return deltaOf(before, after);
  if (isObjectList(before) && isObjectList(after)) {
    return listDelta(before, after);
  }
  return after;
}

function listDelta(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
): Json[] {
  const places = new Map<string, number>();
  before.forEach((each, i) => places.set(JSON.stringify(each), i));
  const delta: Json[] = [];
  let run = { from: -1, to: -1 };
  for (const [i, element] of after.entries()) {
    const place = places.get(JSON.stringify(element));
    if (place === undefined) {
      const like = likeness(before, element, i);
      delta.push(
        like < 0
          ? element
          : { [LIKE]: like, ...deltaOf(before[like], element) },
      );
    } else if (isReference(delta.at(-1)) && place === run.to + 1) {
      run.to = place;
      delta[delta.length - 1] = `${run.from}..${run.to}`;
    } else {
      run = { from: place, to: place };
      delta.push(`${place}`);
    }
  }
  return delta;
}

/** The element of which this one seems to be what has become: that of the same name, best at the same place; -1 if there is none. */
function likeness(
  before: readonly JsonObject[],
  element: JsonObject,
  place: number,
): number {
  const name = nameOf(element);
  const isLike = (other: JsonObject | undefined) =>
    name !== undefined && other !== undefined && name === nameOf(other);
  return isLike(before[place]) ? place : before.findIndex(isLike);
}

/** What elements of lists are called. */
function nameOf({ name, site, node, nid }: JsonObject): Json | undefined {
  return name ?? site ?? node ?? nid;
}

function isReference(json: Json | undefined): json is string {
  return typeof json === "string";
}

/**
 * The object that a delta makes of another one.
 *
 * @throws {DeltaError} It does not fit.
 */
export function applyDelta(before: JsonObject, delta: JsonObject): JsonObject {
  const after = new Map(Object.entries(before));
  for (const [name, change] of Object.entries(delta)) {
    const old = after.get(name);
    if (change !== null) {
      after.set(name, old === undefined ? change : applied(old, change));
    } else if (!after.delete(name)) {
      throw new DeltaError(`Field "${name}" is null, but was not there`);
    }
  }
  return Object.fromEntries(after);
}

function applied(before: Json, change: Json): Json {
  if (isObject(before) && isObject(change)) return applyDelta(before, change);
  if (isObjectList(before) && isList(change)) {
    return appliedList(before, change);
  }
  return change;
}

function appliedList(
  before: readonly JsonObject[],
  delta: readonly Json[],
): Json[] {
  return delta.flatMap((element): Json[] | Json => {
    if (isReference(element)) return referred(before, element);
    if (!isObject(element) || !Object.hasOwn(element, LIKE)) return [element];
    const { [LIKE]: like, ...change } = element;
    return [applyDelta(elementAt(before, like), change)];
  });
}

function referred(
  before: readonly JsonObject[],
  reference: string,
): readonly JsonObject[] {
  const match = /^(\d{1,9})(?:\.\.(\d{1,9}))?$/.exec(reference);
  const from = Number(match?.[1] ?? NaN);
  const to = Number(match?.[2] ?? from);
  if (!(from <= to && to < before.length)) {
    throw new DeltaError(
      `Element "${reference}" names none of the ${before.length} elements before; ` +
        'it must be like "3" or "3..17"',
    );
  }
  return before.slice(from, to + 1);
}

function elementAt(before: readonly JsonObject[], at: Json): JsonObject {
  const element = typeof at === "number" ? before[at] : undefined;
  if (element !== undefined) return element;
  throw new DeltaError(
    `Field "${LIKE}" is ${JSON.stringify(at)}, which is none of the ` +
      `${before.length} elements before`,
  );
}

function isSame(a: Json, b: Json): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
