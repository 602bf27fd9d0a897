/**
 * Memory management under KSM: page frames, address spaces, faults.
 *
 * Reading order: {@linkcode Memory} holds everything; a {@linkcode Mm} is one
 * address space with its areas ({@linkcode Vma}) and page table; a frame is a
 * physical page ({@linkcode Frames}); `fault.ts` says how an address comes to
 * map a frame and how a write breaks sharing; `area.ts` and `process.ts` are the
 * system calls; `rmap.ts` goes back from a frame to its mappings. Where a page
 * comes from, `numa.ts` and `memory_blocks.ts` say; how it gets to another place,
 * `migrate.ts`, for `move_pages.ts` and `offline.ts`.
 *
 * What is left out: swap, huge pages, files, memory cgroups.
 *
 * @module
 */
export * from "./anon_vma.ts";
export * from "./area.ts";
export * from "./contents.ts";
export * from "./fault.ts";
export * from "./frames.ts";
export * from "./memory.ts";
export * from "./memory_blocks.ts";
export * from "./migrate.ts";
export * from "./mm.ts";
export * from "./move_pages.ts";
export * from "./numa.ts";
export * from "./offline.ts";
export * from "./page_table.ts";
export * from "./process.ts";
export * from "./rmap.ts";
export * from "./vma.ts";
