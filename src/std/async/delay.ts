/**
 * A promise that waits: `@std/async/delay`, typed.
 *
 * @module
 */
// @ts-types="./delay.d.ts"
export * from "deno-std/async/delay.js";
