/**
 * What can be seen of KSM, and where it comes from.
 *
 * @module
 */
export * from "./counter_columns.ts";
export * from "./digits.ts";
export * from "./history.ts";
export * from "./machine_source.ts";
export * from "./printable.ts";
export * from "./sample.ts";
export * from "./sample_formats.ts";
export * from "./snapshot.ts";
