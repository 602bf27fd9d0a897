/**
 * The simulated machine: engine and workload bound together.
 *
 * @module
 */
export type {
  Forecast,
  KnobCheck,
  KnobRefusal,
  Memo,
  Party,
  Reason,
  ReasonName,
  Twin,
  TwinState,
  Why,
} from "../engine/ksm/mod.ts";
export { checkKnob } from "../engine/ksm/mod.ts";
export { KernelDefect } from "../engine/lib/mod.ts";
export * from "./actor_view.ts";
export * from "./driver.ts";
export * from "./clock.ts";
export * from "./event_log.ts";
export * from "./history/mod.ts";
export * from "./invariants/mod.ts";
export * from "./ksm_view.ts";
export * from "./ksmd_thread.ts";
export * from "./live.ts";
export * from "./machine.ts";
export type { ScanOp } from "./ops.ts";
export * from "./page_map.ts";
export * from "./page_place.ts";
export * from "./page_source.ts";
export * from "./process_table.ts";
export * from "./refused_op.ts";
export * from "./regions.ts";
export * from "./replay.ts";
export * from "./run_workload.ts";
export * from "./sharing_view.ts";
export { SITES } from "./sites.ts";
export * from "./stride.ts";
export type { TimedOptions } from "./timed.ts";
export * from "./tree_drawing.ts";
export type * from "./tree_view.ts";
export * from "./why_view.ts";
export * from "./workload_thread.ts";
