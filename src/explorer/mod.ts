/**
 * The explorer of KSM's page protocol: scenarios, variants, and what the search
 * says of them.
 *
 * @module
 */
export { isRefuted, weigh, type WeighedClaim } from "./claims.ts";
export { closing } from "./closing.ts";
export {
  compareOutcomes,
  type Comparison,
  type Difference,
  outcomesOf,
  scenariosOfBoth,
  type Searched,
} from "./compare.ts";
export type { Evidence } from "./evidence.ts";
export { explain, type Passage } from "./explain.ts";
export { type Moment, momentsOf } from "./moments.ts";
export { parsePlace, type Place, printPlace } from "./place.ts";
export { ALWAYS } from "./safety.ts";
export type { Case, Claim, Scenario } from "./scenario.ts";
export { SCENARIOS } from "./scenarios/mod.ts";
export { type Line, type Story, tell } from "./story.ts";
export { type Variant, type VariantKind, VARIANTS } from "./variants/mod.ts";
export { type Failure, judge, type Verdict } from "./verdict.ts";
