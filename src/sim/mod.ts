/**
 * Deterministic concurrency: actors on a virtual clock, and locks for which they
 * really wait. Knows no page.
 *
 * | file            | idea                                                     |
 * | --------------- | -------------------------------------------------------- |
 * | `actor.ts`      | who runs: a CPU, a clock, and what is being done         |
 * | `simulation.ts` | actors run, stop, sleep and are woken                    |
 * | `ear.ts`        | what each step of the engine means                       |
 * | `scheduler.ts`  | who goes on next                                         |
 * | `locks/`        | who holds, who waits, and what lock_stat counts of it    |
 * | `lock_view.ts`  | what can be seen of that                                 |
 * | `random.ts`     | chance, by a seed                                        |
 *
 * @module
 */
export * from "./actor.ts";
export * from "./lock_view.ts";
export * from "./locks/mod.ts";
export * from "./random.ts";
export * from "./scheduler.ts";
export * from "./simulation.ts";
export * from "./simulation_options.ts";
