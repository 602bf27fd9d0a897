/**
 * ksmscope: Kernel Samepage Merging (KSM) of Linux 6.18 as a module, and a
 * terminal dashboard over it.
 *
 * @module
 */
export * from "./src/engine/ksm/counters.ts";
export type * from "./src/observe/snapshot.ts";
export * from "./src/workload/mod.ts";
