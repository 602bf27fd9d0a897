/**
 * How far apart two words are: `@std/text/levenshtein-distance`, typed.
 *
 * @module
 */
// @ts-types="./levenshtein_distance.d.ts"
export * from "deno-std/text/levenshtein_distance.js";
