/**
 * Variants: KSM with other decisions about races than its own.
 *
 * @module
 */
import {
  ksmHooks,
  LINUX_PROTOCOL,
  type Protocol,
} from "../../engine/ksm/mod.ts";
import type { KsmHooks } from "../../engine/mm/memory.ts";
import type { Machine } from "../../machine/mod.ts";
import type { Rcu } from "../../sim/explore/rcu.ts";

/**
 * Where a variant comes from. `own`: what Linux does today. `historic`: what it did
 * once. `proposed`: what its review proposed. `broken`: its own with one rule left
 * out. `spare`: the same, where the search finds that the others are enough. `flaw`:
 * what it does today and should not. `repair`: that put right.
 */
export type VariantKind =
  | "own"
  | "historic"
  | "proposed"
  | "broken"
  | "spare"
  | "flaw"
  | "repair";

/** One variant. What it does not name is as Linux does it. */
export interface Variant {
  /** Its name on the command line: words joined by hyphens. */
  readonly name: string;
  /** What is different, in a line. */
  readonly title: string;
  /** Where it comes from. */
  readonly kind: VariantKind;
  /** Decisions that differ; made anew for each machine. Read sections, where there are any, are those of `rcu`. */
  readonly protocol?: (machine: Machine, rcu: Rcu) => Partial<Protocol>;
  /** Calls from mm into KSM that differ; `own` are those of Linux. */
  readonly hooks?: (own: KsmHooks, machine: Machine) => Partial<KsmHooks>;
}

/** Lets `machine`, on which nothing runs yet, do as `variant` says. */
export function applyVariant(
  machine: Machine,
  variant: Variant,
  rcu: Rcu,
): void {
  const { ksm, memory } = machine;
  ksm.protocol = { ...LINUX_PROTOCOL, ...variant.protocol?.(machine, rcu) };
  const own = ksmHooks(ksm);
  memory.ksm = { ...own, ...variant.hooks?.(own, machine) };
}
