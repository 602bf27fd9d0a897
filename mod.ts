/**
 * ksmscope: Kernel Samepage Merging (KSM) of Linux 6.18 as a module, and a
 * terminal dashboard over it.
 *
 * @module
 */
export * from "./src/engine/ksm/mod.ts";
export * from "./src/engine/lib/mod.ts";
export * from "./src/engine/mm/mod.ts";
export * from "./src/machine/mod.ts";
export * from "./src/observe/mod.ts";
export * from "./src/workload/mod.ts";

// Never awaited: a workload script imports this module while the command line loads that script.
if (import.meta.main) {
  import("./src/cli/main.ts").then((cli) => cli.main(Deno.args));
}
