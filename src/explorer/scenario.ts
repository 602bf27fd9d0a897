/**
 * Scenarios: a question about a race, asked of tiny machines.
 *
 * @module
 */
import { Bug } from "../engine/lib/assert.ts";
import type { Suspends } from "../engine/lib/step.ts";
import {
  AccessLog,
  type Execution,
  type Program,
  Violation,
} from "../sim/explore/mod.ts";
import { checkAtRest, type Pins } from "../machine/mod.ts";
import { SAFETY } from "./safety.ts";
import { type Setting, Stage } from "./stage.ts";
import type { Variant } from "./variants/mod.ts";

/** What the actors of a case do, on a stage that has just been set. */
export interface Play {
  /** What each actor does; what it returns is part of the outcome. */
  readonly works: readonly Suspends<string>[];
  /** What matters of the state, one text for each heading of the scenario. */
  view(): readonly string[];
  /** What else the outcome is. */
  outcome?(): string;
  /** What else must hold at the end. */
  check?(): void;
  /** References that somebody holds at the end. */
  pins?(): Pins;
}

/** One machine of a scenario. */
export interface Case {
  /** What sets it apart from the other cases of the scenario. */
  readonly name: string;
  /** The machine under a variant. */
  program(variant: Variant): Program;
}

/** What can come of a scenario, or cannot. */
export interface Claim {
  /** In a sentence. */
  readonly text: string;
  /** Under which variant. */
  readonly variant: string;
  /** What the outcomes have in common that are meant. */
  readonly outcome: RegExp;
  /** Whether there are any. */
  readonly reachable: boolean;
}

/** A question, and the machines that it is asked of. */
export interface Scenario {
  /** Its name on the command line: words joined by hyphens. */
  readonly name: string;
  /** The question, in a line. */
  readonly title: string;
  /** The machines. */
  readonly cases: readonly Case[];
  /** The variants that the question is asked of. */
  readonly variants: readonly Variant[];
  /** Whether a page whose count is frozen can live on, and not only go. */
  readonly outlives: boolean;
  /** What must hold in every order, besides what always must. */
  readonly safety: readonly string[];
  /** What is known of its outcomes, in all cases together. */
  readonly claims: readonly Claim[];
}

/** A machine on a stage. */
export interface StagedCase {
  /** See {@linkcode Case}. */
  readonly name: string;
  /** How it begins. */
  readonly setting: Setting;
  /** What happens. */
  play(stage: Stage): Play;
}

/** A scenario whose machines are all on stages, with the same actors. */
export interface StagedScenario extends Omit<Scenario, "cases"> {
  /** Names of the actors. */
  readonly actors: readonly string[];
  /** Headings of what is shown of the state. */
  readonly columns: readonly string[];
  /** The machines. */
  readonly cases: readonly StagedCase[];
}

/** The scenario that plays on stages. */
export function staged(scenario: StagedScenario): Scenario {
  return {
    ...scenario,
    cases: scenario.cases.map((each) => ({
      name: each.name,
      program: (variant) => new StagedProgram(scenario, each, variant),
    })),
  };
}

/** One machine of a scenario under one variant. */
class StagedProgram implements Program {
  readonly actors: readonly string[];
  readonly columns: readonly string[];
  readonly log: AccessLog = new AccessLog();
  readonly #case: StagedCase;
  readonly #variant: Variant;
  #stage: Stage | undefined;

  constructor(scenario: StagedScenario, which: StagedCase, variant: Variant) {
    this.actors = scenario.actors;
    this.columns = scenario.columns;
    this.#case = which;
    this.#variant = variant;
  }

  begin(): Execution {
    const stage = this.#stage ??= new Stage(this.#case.setting, this.log);
    stage.reset(this.#variant);
    const play = this.#case.play(stage);
    const answers: string[] = play.works.map(() => "");
    return {
      works: play.works.map((work, actor) => answering(work, answers, actor)),
      view: () => play.view(),
      outcome: () => outcomeOf(this.actors, answers, stage, play),
      check: () => checkEnd(stage, play),
    };
  }
}

function outcomeOf(
  actors: readonly string[],
  answers: readonly string[],
  stage: Stage,
  play: Play,
): string {
  const said = actors.flatMap((actor, at) =>
    answers[at] === "" ? [] : [`${actor}: ${answers[at]}`]
  );
  const more = play.outcome === undefined ? [] : [play.outcome()];
  return [...said, stage.counts(), ...more].join("; ");
}

function* answering(
  work: Suspends<string>,
  answers: string[],
  actor: number,
): Suspends<void> {
  answers[actor] = yield* work;
}

/** What must hold of every machine when all have ended. */
function checkEnd(stage: Stage, play: Play): void {
  const { frames, ksm } = stage;
  for (const frame of frames.each()) {
    const node = frames.stableNode.get(frame);
    if (!frames.isKsm(frame) || node === 0 || ksm.nodes.isLive(node)) continue;
    throw new Violation(
      SAFETY.liveNode,
      `frame ${frame} is a KSM page of node ${node}, which is gone`,
    );
  }
  play.check?.();
  try {
    checkAtRest(stage.machine, play.pins?.());
  } catch (error) {
    if (!(error instanceof Bug)) throw error;
    throw new Violation(SAFETY.nothingLeft, error.message);
  }
}
