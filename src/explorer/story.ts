/**
 * A schedule told step by step.
 *
 * @module
 */
import type { Step } from "../engine/lib/step.ts";
import { isFinding, Lanes, ScheduleError } from "../sim/explore/mod.ts";
import type { Place } from "./place.ts";

/** One step of one actor, and the state after it. */
export interface Line {
  /** Number of the actor. */
  readonly actor: number;
  /** What it did, such as `lock ksm_get_folio:lock`. */
  readonly text: string;
  /** What matters of the state, one text for each heading. */
  readonly state: readonly string[];
}

/** What a schedule does. */
export interface Story {
  /** Names of the actors. */
  readonly actors: readonly string[];
  /** Headings of the state. */
  readonly columns: readonly string[];
  /** The state at the beginning. */
  readonly before: readonly string[];
  /** Its steps. */
  readonly lines: readonly Line[];
  /** What it has come to; undefined where some actors could still go on. */
  readonly outcome: string | undefined;
  /** What goes wrong, if something does. */
  readonly failure: string | undefined;
}

/**
 * Runs a schedule, as far as it goes.
 *
 * @throws {ScheduleError} An actor is to go on that cannot.
 */
export function tell({ program, schedule }: Place): Story {
  const lanes = new Lanes(program);
  const { actors, columns } = program;
  const before = lanes.execution.view();
  const lines: Line[] = [];
  let failure: unknown;
  for (const actor of schedule) {
    if ((lanes.enabled & (1 << actor)) === 0) {
      const where = lanes.pending(actor);
      throw new ScheduleError(
        `Cannot make step ${lines.length + 1}: ${actors[actor]} ` +
          (where === undefined ? "has ended" : `waits at ${where.site}`),
      );
    }
    const stride = lanes.go(actor);
    const text = textOf(stride.steps.at(-1));
    lines.push({ actor, text, state: lanes.execution.view() });
    failure = stride.failure;
    if (failure !== undefined) break;
  }
  const ended = failure === undefined && lanes.enabled === 0;
  if (ended) failure = wrongAtEnd(lanes);
  return {
    actors,
    columns,
    before,
    lines,
    outcome: ended ? lanes.outcome() : undefined,
    failure: failure instanceof Error ? failure.message : undefined,
  };
}

function wrongAtEnd(lanes: Lanes): unknown {
  try {
    lanes.check();
    return undefined;
  } catch (error) {
    if (isFinding(error)) return error;
    throw error;
  }
}

/** What a step does, and where. */
function textOf(step: Step | undefined): string {
  if (step === undefined) return "";
  const { kind, site } = step;
  switch (kind) {
    case "race":
      return site === "start" ? "begins" : site;
    case "spend":
    case "reschedule":
      return site;
    default:
      return `${kind} ${site}`;
  }
}
