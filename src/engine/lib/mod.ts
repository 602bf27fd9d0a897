/**
 * What the engine stands on: arenas, trees, lists, hashes, steps. Knows no page
 * and no KSM.
 *
 * @module
 */
export * from "./alone.ts";
export * from "./arena.ts";
export * from "./assert.ts";
export * from "./handle.ts";
export * from "./kernel_defect.ts";
export * from "./kept.ts";
export * from "./list.ts";
export * from "./page_bytes.ts";
export * from "./rbtree.ts";
export * from "./lock.ts";
export * from "./step.ts";
