/**
 * JSON as data.
 *
 * @module
 */

/** What a JSON text stands for. */
export type Json = string | number | boolean | null | JsonList | JsonObject;

/** A list in JSON. */
export type JsonList = readonly Json[];

/** An object in JSON. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Whether it is an object. */
export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** Whether it is a list. */
export function isList(json: Json | undefined): json is JsonList {
  return Array.isArray(json);
}

/** Whether it is a list of objects, and of one at least. */
export function isObjectList(
  json: Json | undefined,
): json is readonly JsonObject[] {
  return isList(json) && json.length > 0 && json.every(isObject);
}
