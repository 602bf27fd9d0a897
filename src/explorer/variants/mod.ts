/**
 * The variants of KSM's page protocol, and of its other decisions about races:
 * today's, those of the past, the ones that were proposed in a review, and broken
 * ones, each with one rule left out.
 *
 * @module
 */
import { assert } from "../../engine/lib/assert.ts";
import {
  LEAK_ON_STALE,
  LOCK_IN_WALK,
  LOCK_LEFT,
  NO_CHECK_AFTER_LOCK,
  NO_CHECK_AFTER_PIN,
  NO_FROZEN_WAIT,
  NO_REREAD,
  PIN_FROM_ZERO,
  REMOVE_WHEN_BUSY,
  SPIN_ON_FREED,
} from "./broken_lookups.ts";
import { GET_LOCK, GET_LOCK_CORRECTED } from "./get_lock.ts";
import { FLAG_BEFORE_NUMBER, SWAPPED_STORES } from "./migration_order.ts";
import { NO_LOCK_AT_MATCH } from "./no_lock_at_match.ts";
import { NO_OFFLINE_BIT } from "./no_offline_bit.ts";
import { REMOVE_MAPPED } from "./remove_mapped.ts";
import {
  EXIT_UNDER_CURSOR,
  FORK_BEHIND_CURSOR,
  NO_EXIT_HANDSHAKE,
} from "./slot_rules.ts";
import { NO_ENTRY_CHECK, NO_SECOND_COMPARE } from "./unchecked_merges.ts";
import { UNLOCKED_FIRST_SLOT } from "./unlocked_first_slot.ts";
import { RESET_ALL, RESET_IN_USE } from "./unstable_resets.ts";
import { COMPARE_NUMBERS, COUNT_MOVES } from "./round_trips.ts";
import { V0 } from "./v0.ts";
import { V1 } from "./v1.ts";
import { V1_RCU } from "./v1_rcu.ts";
import { V2 } from "./v2.ts";
import { V4 } from "./v4.ts";
import type { Variant } from "./variant.ts";

export { applyVariant, type Variant, type VariantKind } from "./variant.ts";

/** All variants, the engine's own first. */
export const VARIANTS: readonly Variant[] = [
  V4,
  V0,
  V1,
  V1_RCU,
  V2,
  GET_LOCK,
  GET_LOCK_CORRECTED,
  NO_CHECK_AFTER_PIN,
  NO_CHECK_AFTER_LOCK,
  NO_REREAD,
  PIN_FROM_ZERO,
  NO_FROZEN_WAIT,
  SPIN_ON_FREED,
  REMOVE_WHEN_BUSY,
  LOCK_IN_WALK,
  LEAK_ON_STALE,
  LOCK_LEFT,
  NO_LOCK_AT_MATCH,
  SWAPPED_STORES,
  FLAG_BEFORE_NUMBER,
  UNLOCKED_FIRST_SLOT,
  NO_SECOND_COMPARE,
  NO_ENTRY_CHECK,
  NO_EXIT_HANDSHAKE,
  EXIT_UNDER_CURSOR,
  FORK_BEHIND_CURSOR,
  REMOVE_MAPPED,
  NO_OFFLINE_BIT,
  RESET_IN_USE,
  RESET_ALL,
  COMPARE_NUMBERS,
  COUNT_MOVES,
];

/** The variants of these names. */
export function variantsNamed(...names: readonly string[]): Variant[] {
  return names.map((name) => {
    const variant = VARIANTS.find((each) => each.name === name);
    assert(variant !== undefined, `There is no variant ${name}`);
    return variant;
  });
}
