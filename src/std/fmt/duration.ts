/**
 * Durations as text for people: `@std/fmt/duration`, typed.
 *
 * @module
 */
// @ts-types="./duration.d.ts"
export * from "deno-std/fmt/duration.js";
