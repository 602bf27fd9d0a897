/**
 * Rows as comma-separated values: `@std/csv/stringify`, typed.
 *
 * @module
 */
// @ts-types="./stringify.d.ts"
export * from "deno-std/csv/stringify.js";
