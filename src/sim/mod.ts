/**
 * Deterministic concurrency: actors on a virtual clock, and locks for which they
 * really wait. Knows no page.
 *
 * @module
 */
export * from "./lock_view.ts";
export * from "./locks/mod.ts";
