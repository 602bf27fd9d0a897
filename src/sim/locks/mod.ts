/**
 * Locks for which actors really wait, and what `/proc/lock_stat` says of them.
 *
 * @module
 */
export { Deadlock } from "./deadlock.ts";
export * from "./lock_table.ts";
