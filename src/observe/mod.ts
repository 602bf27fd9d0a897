/**
 * What can be seen of KSM, and where it comes from.
 *
 * @module
 */
export * from "./machine_source.ts";
export * from "./snapshot.ts";
