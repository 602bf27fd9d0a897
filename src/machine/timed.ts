/**
 * The simulation under a machine that goes by a virtual clock.
 *
 * @module
 */
import { type Lock, LOCK_CLASS } from "../engine/lib/lock.ts";
import { type Actor, type Scheduler, Simulation } from "../sim/mod.ts";
import { DEFAULT_SEED } from "../workload/mod.ts";
import { LATENCIES, price } from "./costs.ts";
import { checkAfterStep } from "./invariants/mod.ts";
import type { Machine } from "./machine.ts";

/** How a machine goes by a virtual clock. */
export interface TimedOptions {
  /** Decides by chance what a real machine leaves to chance, such as how late a timer is; 1 when missing. */
  readonly seed?: number;
  /** Virtual nanoseconds that pass, in addition, each time at a site such as `break_cow:mmap_lock`. */
  readonly delays?: ReadonlyMap<string, number>;
  /** Who goes on, of those who can; the one furthest behind in virtual time when missing. */
  readonly scheduler?: Scheduler;
  /** Whether the whole state is checked after each step of each actor; slow. A state that must not be is a bug. */
  readonly paranoid?: boolean;
  /** Called after each step of each actor. Changes nothing but the speed. */
  readonly afterStep?: (actor: Actor) => void;
}

/** Numbers of the actors that every machine has. */
const ACTOR = { ksmd: 0, script: 1 } as const;

/** A simulation with the two actors that every machine has: ksmd, and the script's own. Both have nothing to do yet. */
export function newSimulation(
  machine: Machine,
  options: TimedOptions,
): Simulation {
  const follower = options.paranoid
    ? (actor: Actor) => {
      checkAfterStep(machine);
      options.afterStep?.(actor);
    }
    : options.afterStep;
  const simulation = new Simulation({
    price,
    latencies: LATENCIES,
    seed: options.seed ?? DEFAULT_SEED,
    lockName: (lock) => lockName(machine, lock),
    onWait: (actor, lock) => machine.noteWait(waitText(machine, actor, lock)),
    ...(options.delays === undefined ? {} : { delays: options.delays }),
    ...(options.scheduler === undefined
      ? {}
      : { scheduler: options.scheduler }),
    ...(follower === undefined ? {} : { afterStep: follower }),
  });
  simulation.add("ksmd");
  simulation.add("script");
  return simulation;
}

/** ksmd's actor. */
export function ksmdOf(simulation: Simulation): Actor {
  return simulation.actors[ACTOR.ksmd];
}

/** The actor that does what the script itself asks for. */
export function scriptOf(simulation: Simulation): Actor {
  return simulation.actors[ACTOR.script];
}

/** A lock as people know it: that of an address space by the name of its process. */
function lockName(machine: Machine, { lockClass, instance }: Lock): string {
  const isOfMm = lockClass === LOCK_CLASS.mmapLock ||
    lockClass === LOCK_CLASS.pageTableLock;
  if (isOfMm) {
    const mm = machine.memory.mms.find(instance);
    if (mm === undefined) return "";
    return machine.processes.owning(mm)?.name ?? `exited pid ${mm.pid}`;
  }
  return lockClass === LOCK_CLASS.folioLock ? `page ${instance}` : "";
}

/** Who waits for what, and who holds it. */
function waitText(machine: Machine, actor: Actor, lock: Lock): string {
  const { actors = [], locks } = machine.simulation ?? {};
  const holders = actors.filter((_, number) => locks?.holds(number, lock));
  const of = lockName(machine, lock);
  const name = lock.lockClass.name + (of === "" ? "" : ` of ${of}`);
  const held = holders.map((holder) => holder.name).join(", ");
  return `${actor.name} waits for ${name}${held && `, held by ${held}`}`;
}
