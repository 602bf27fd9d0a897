/**
 * What can be seen of KSM, and where it comes from.
 *
 * `sample_formats.ts` is not exported here: it needs npm packages, and who
 * imports ksmscope as a module should need none.
 *
 * @module
 */
export * from "./counter_columns.ts";
export type * from "./detail.ts";
export * from "./digits.ts";
export * from "./history.ts";
export * from "./machine_source.ts";
export * from "./printable.ts";
export * from "./reason_text.ts";
export * from "./rewind.ts";
export * from "./sample.ts";
export * from "./session/mod.ts";
export * from "./snapshot.ts";
export * from "./timeline.ts";
