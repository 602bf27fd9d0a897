/**
 * What the dashboard asks its source for while somebody looks at it, beyond the
 * snapshot: the state says what it wants to know, the edge asks, and the answers
 * arrive as a message.
 *
 * @module
 */
import type {
  DetailAnswers,
  DetailKind,
  DetailQuestions,
  DetailRequest,
  DetailSource,
} from "../observe/detail.ts";
import type { Snapshot } from "../observe/snapshot.ts";
import { chosenKnob } from "./dialogs.ts";
import type { DashboardState } from "./state.ts";

/** A question, and what came of it. */
export interface Asked<K extends DetailKind = DetailKind> {
  /** The question. */
  readonly question: DetailQuestions[K];
  /** The answer; `undefined` where the source cannot know. */
  readonly answer: DetailAnswers[K] | undefined;
}

/** The answers to what is asked now, by the kind of the question. */
export type Details = { readonly [K in DetailKind]?: Asked<K> };

/** Levels of the trees that are drawn. */
const TREE_LEVELS = 6;

/** What would come of a write to the knob that is edited. */
function knobQuestions(state: DashboardState): DetailRequest[] {
  const { dialog } = state;
  if (dialog?.kind !== "knobs" || dialog.prompt === undefined) return [];
  const knob = chosenKnob(state, dialog);
  const { text } = dialog.prompt;
  return knob === undefined ? [] : [{ kind: "knob", knob, text }];
}

/** What a state wants to know. */
export function questionsOf(state: DashboardState): DetailRequest[] {
  return [...panelQuestions(state), ...knobQuestions(state)];
}

/** What the zoomed panel wants to know. */
function panelQuestions(
  { zoomed, mapCursor }: Pick<DashboardState, "zoomed" | "mapCursor">,
): DetailRequest[] {
  switch (zoomed) {
    case "trees":
      return [{ kind: "trees", levels: TREE_LEVELS }];
    case "processes":
      return [{ kind: "sharing" }];
    case "map":
      return mapCursor === undefined ? [] : [{ kind: "page", ...mapCursor }];
    default:
      return [];
  }
}

/** Milliseconds for which an answer will do while the machine runs on; one of what stands still is exact at once. */
export const ANSWER_MILLIS = 250;

/** The edge: asks what a state wants to know, and not again before the answer can be another one. */
export class Inquiry {
  readonly #source: DetailSource;
  readonly #now: () => number;
  #asked = "[]";
  #of: Snapshot | undefined;
  #at = Number.NEGATIVE_INFINITY;

  /** Asks `source`, by a clock of milliseconds that never goes back. */
  constructor(source: DetailSource, now: () => number) {
    this.#source = source;
    this.#now = now;
  }

  /** The answers, if they may be news. */
  ask(state: DashboardState): Details | undefined {
    const questions = questionsOf(state);
    const asked = JSON.stringify(questions);
    const isNew = asked !== this.#asked;
    if (!isNew && questions.length === 0) return undefined;
    const now = this.#now();
    if (!isNew) {
      if (state.snapshot === this.#of) return undefined;
      const runs = state.playing && !state.ended && state.behind === undefined;
      if (runs && now - this.#at < ANSWER_MILLIS) return undefined;
    }
    this.#asked = asked;
    this.#of = state.snapshot;
    this.#at = now;
    return questions.reduce<Details>(
      (details, request) => ({ ...details, ...this.#answer(request) }),
      {},
    );
  }

  #answer(request: DetailRequest): Details {
    switch (request.kind) {
      case "page":
        return { page: this.#put("page", request) };
      case "trees":
        return { trees: this.#put("trees", request) };
      case "sharing":
        return { sharing: this.#put("sharing", request) };
      case "knob":
        return { knob: this.#put("knob", request) };
    }
  }

  #put<K extends DetailKind>(kind: K, question: DetailQuestions[K]): Asked<K> {
    return { question, answer: this.#source.detail(kind, question) };
  }
}
