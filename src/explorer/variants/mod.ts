/**
 * The variants of KSM's page protocol, and of its other decisions about races:
 * today's, those of 2013, the ones that were proposed then, and broken ones, each
 * with one rule left out.
 *
 * @module
 */
import { V1 } from "./v1.ts";
import { V1_RCU } from "./v1_rcu.ts";
import { V4 } from "./v4.ts";
import type { Variant } from "./variant.ts";

export { applyVariant, type Variant, type VariantKind } from "./variant.ts";

/** All variants, the engine's own first. */
export const VARIANTS: readonly Variant[] = [
  V4,
  V1,
  V1_RCU,
];
