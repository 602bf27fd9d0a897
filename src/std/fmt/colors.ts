/**
 * Colours and styles for text in a terminal: `@std/fmt/colors`, typed.
 *
 * @module
 */
// @ts-types="./colors.d.ts"
export * from "deno-std/fmt/colors.js";
