/**
 * Workloads: what processes do to their memory while ksmd merges it.
 *
 * A workload is a script or a trace; both come down to a list of operations
 * ({@linkcode Op}). Nothing here runs one: that is the machine's part.
 *
 * @module
 */
export * from "./op.ts";
export * from "./live_op.ts";
export * from "./numa_op.ts";
export * from "./pattern.ts";
export * from "./content.ts";
export * from "./produce.ts";
export * from "./fnv1a64.ts";
export * from "./trace_error.ts";
export * from "./trace_format.ts";
export * from "./trace.ts";
export * from "./op_checker.ts";
export * from "./value_runs.ts";
export * from "./recorded_event.ts";
export * from "./recording.ts";
export * from "./difference.ts";
export * from "./op_source.ts";
export * from "./remembered_source.ts";
export * from "./script.ts";
export * from "./script_error.ts";
export * from "./box.ts";
export * from "./box_process.ts";
export * from "./box_region.ts";
export type { EveryOptions, ThreadBody, ThreadTurn } from "./threads.ts";
export * from "./save.ts";
export * from "./file_stamps.ts";
export * from "./builtin/mod.ts";
