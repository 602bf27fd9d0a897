/**
 * The nearest of several words, for "did you mean": `@std/text/closest-string`, typed.
 *
 * @module
 */
// @ts-types="./closest_string.d.ts"
export * from "deno-std/text/closest_string.js";
