/**
 * Which scenarios are asked of which variants.
 *
 * @module
 */
import {
  type Scenario,
  SCENARIOS,
  type Variant,
  type VariantKind,
} from "../../explorer/mod.ts";
import { didYouMean } from "../did_you_mean.ts";
import { UserError } from "../user_error.ts";

/** A variant in a scenario. */
export interface Question {
  /** What is asked. */
  readonly scenario: Scenario;
  /** Of what. */
  readonly variant: Variant;
}

/** What the command line names; nothing named is the small table. */
export interface Selection {
  /** One scenario. */
  readonly scenario: Scenario | undefined;
  /** These variants only; all when there is none. */
  readonly variants: readonly Variant[];
  /** Whether to ask everything. */
  readonly all: boolean;
}

/** All variants that some scenario is asked of. */
export const ASKED_VARIANTS: readonly Variant[] = [
  ...new Set(SCENARIOS.flatMap(({ variants }) => variants)),
];

/** What the small table asks: of what Linux does, did, and was told to do, whatever a few seconds answer. */
const SMALL: readonly (readonly [string, ...VariantKind[]])[] = [
  ["unmap", "own", "historic", "proposed"],
  ["freeze", "own", "historic", "proposed"],
  ["freeze-dirty", "own", "historic", "proposed"],
  ["two-lookups", "own", "historic", "proposed"],
  ["removal", "own", "historic"],
  ["match", "own", "historic"],
  ["migration", "own", "historic", "proposed"],
  ["locked-migration", "own", "historic", "proposed"],
  ["stale-tree", "flaw", "repair"],
  ["round-trip", "flaw", "repair"],
  ["rcu-control", "repair", "broken"],
];

/** The questions of the small table. */
export function smallQuestions(): Question[] {
  return SMALL.flatMap(([name, ...kinds]) => {
    const scenario = scenarioNamed(name);
    return scenario.variants
      .filter(({ kind }) => kinds.includes(kind))
      .map((variant) => ({ scenario, variant }));
  });
}

/** All questions. */
export function allQuestions(): Question[] {
  return SCENARIOS.flatMap((scenario) =>
    scenario.variants.map((variant) => ({ scenario, variant }))
  );
}

/**
 * The questions of a selection, in the order of the scenarios.
 *
 * @throws {UserError} There are none.
 */
export function questionsOf(
  { scenario, variants, all }: Selection,
): Question[] {
  if (all && (scenario !== undefined || variants.length > 0)) {
    throw new UserError(
      "Cannot ask everything and only a part of it: leave out --all, or the " +
        "scenario and --variant",
    );
  }
  if (all) return allQuestions();
  if (scenario === undefined && variants.length === 0) return smallQuestions();
  const other = variants.find((each) =>
    scenario !== undefined && !scenario.variants.includes(each)
  );
  if (scenario !== undefined && other !== undefined) {
    refuseVariant(scenario, other);
  }
  return allQuestions().filter((question) =>
    (scenario === undefined || question.scenario === scenario) &&
    (variants.length === 0 || variants.includes(question.variant))
  );
}

function refuseVariant(
  { name, variants }: Scenario,
  { name: other }: Variant,
): never {
  const names = variants.map(({ name }) => name).join(", ");
  throw new UserError(
    `Cannot ask scenario ${name} of variant "${other}"; it is asked of ${names}`,
  );
}

/**
 * The scenario of this name.
 *
 * @throws {UserError} There is none.
 */
export function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = SCENARIOS.map(({ name }) => name);
  throw new UserError(
    `Cannot find scenario "${name}"${didYouMean(name, names)}; ` +
      `it must be one of ${names.join(", ")}`,
  );
}

/**
 * The variant of this name.
 *
 * @throws {UserError} There is none.
 */
export function variantNamed(name: string): Variant {
  const found = ASKED_VARIANTS.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = ASKED_VARIANTS.map(({ name }) => name);
  throw new UserError(
    `Cannot find variant "${name}"${didYouMean(name, names)}; ` +
      `it must be one of ${names.join(", ")}`,
  );
}
