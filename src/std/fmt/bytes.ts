/**
 * Sizes in bytes as text for people: `@std/fmt/bytes`, typed.
 *
 * @module
 */
// @ts-types="./bytes.d.ts"
export * from "deno-std/fmt/bytes.js";
