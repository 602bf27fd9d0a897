/**
 * A source with a past whose knobs take writes, for tests of the knob editor.
 *
 * @module
 */
import type {
  DetailAnswers,
  DetailKind,
  DetailQuestions,
  KnobCheck,
} from "../../src/observe/detail.ts";
import type {
  BranchingSource,
  EventSearch,
  KnobAnswer,
} from "../../src/observe/rewind.ts";
import type { Snapshot } from "../../src/observe/snapshot.ts";
import { SMALL } from "./dashboard_snapshots.ts";

const VALID = "a whole number";

/** Takes whole numbers for any knob, and says EINVAL to all else. */
export class WritableSource implements BranchingSource {
  readonly defect = undefined;
  readonly label = undefined;
  readonly checkpointBytes = 0;
  readonly happened = { merge: 0, cow: 0, wait: 0, migration: 0 };
  readonly isBranchable = true;
  readonly fullScans = SMALL.counters.fullScans;
  readonly timeMillis = SMALL.timeMillis;
  atEnd = true;
  /** Whether it says what would come of a write. */
  checks = true;
  /** The writes so far. */
  readonly writes: (readonly [name: string, text: string])[] = [];
  #knobs = SMALL.knobs;

  get place() {
    const { timeMillis } = SMALL;
    const newestMillis = this.atEnd ? timeMillis : timeMillis + 1;
    const times = { oldestMillis: 0, newestMillis };
    return { sample: 0, samples: 1, ...times };
  }

  advance(): "end" {
    return "end";
  }

  detail<K extends DetailKind>(
    kind: K,
    question: DetailQuestions[K],
  ): DetailAnswers[K] | undefined {
    const isAsked = kind === "knob" && this.checks && "text" in question;
    const answers: Partial<DetailAnswers> = isAsked
      ? { knob: this.#check(question.knob, question.text) }
      : {};
    return answers[kind];
  }

  #check(knob: string, text: string): KnobCheck {
    return /^\d+$/.test(text)
      ? {
        outcome: "accepted",
        value: text,
        isSame: this.#knobs[knob] === text,
      }
      : {
        outcome: "refused",
        errno: 22,
        name: "EINVAL",
        why: "not-a-number",
        valid: VALID,
      };
  }

  snapshot(): Snapshot {
    return { ...SMALL, knobs: this.#knobs };
  }

  setKnob(name: string, text: string): KnobAnswer {
    this.writes.push([name, text]);
    const errno = /^\d+$/.test(text) ? 0 : 22;
    if (errno === 0) {
      this.#knobs = { ...this.#knobs, [name]: text };
      this.atEnd = true;
    }
    return { errno, now: this.#knobs[name] ?? "", valid: VALID };
  }

  branch(): void {
    this.atEnd = true;
  }

  back(): Snapshot {
    return this.snapshot();
  }

  forward(): Snapshot {
    return this.snapshot();
  }

  toTime(): Snapshot {
    return this.snapshot();
  }

  toEnd(): Snapshot {
    return this.snapshot();
  }

  toNextEvent(): EventSearch {
    return { kind: "none" };
  }

  toPreviousEvent(): EventSearch {
    return { kind: "none" };
  }
}
