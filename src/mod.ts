/**
 * ksmscope as a library: what `mod.ts` exports, without the command line and its
 * dependencies. Other projects map `"ksmscope"` to this file, so that their own
 * compiler options need not suit the dashboard.
 *
 * @module
 */
export * from "./engine/ksm/mod.ts";
export * from "./engine/lib/mod.ts";
export * from "./engine/mm/mod.ts";
export * from "./machine/mod.ts";
export * from "./observe/mod.ts";
export * from "./workload/mod.ts";
