/**
 * The engine's answer to a trace beside the kernel's.
 *
 * @module
 */
import {
  describeDifference,
  firstDifference,
  type Op,
  type Recording,
  type Trace,
} from "../../src/workload/mod.ts";
import { RefusedOp, replay } from "../../src/machine/mod.ts";
import { type Answer, record } from "./kernel_recorder.ts";
import { doable, possible, traceOf } from "./random_trace.ts";
import { shrink } from "./shrink.ts";

/** Runs that must agree before a difference counts. */
export const CONFIRMING_RUNS = 4;

/** What became of one trace. */
export type Verdict =
  | { readonly outcome: "equal" }
  /** The kernel's own runs differ. */
  | { readonly outcome: "flaky" }
  /** The recorder could not step it. */
  | { readonly outcome: "refused"; readonly reason: string }
  | {
    readonly outcome: "different";
    readonly reason: string;
    /** What was recorded: the trace, or what the kernel takes of it. */
    readonly trace: Trace;
  };

/** Where the engine's answer differs from the kernel's, in words. A failure of the engine is one as well. */
export function engineProblem(
  trace: Trace,
  kernel: Recording,
): string | undefined {
  let found: Recording;
  try {
    found = replay(trace);
  } catch (error) {
    if (error instanceof RefusedOp || !(error instanceof Error)) throw error;
    return `the engine failed: ${error.stack}`;
  }
  const difference = firstDifference(kernel, found);
  return difference && describeDifference(difference);
}

/** Records traces once, compares, and records again those that differ. */
export function compare(traces: readonly Trace[]): Verdict[] {
  return record(traces).map((answer, index): Verdict =>
    judge(traces[index], answer)
  );
}

function judge(trace: Trace, answer: Answer): Verdict {
  switch (answer.outcome) {
    case "flaky":
      return answer;
    case "refused": {
      const rest = withoutRefusedMove(trace, answer.reason);
      return rest === undefined ? answer : judge(rest, record([rest])[0]);
    }
    case "recorded": {
      const problem = engineProblem(trace, answer.recording);
      return problem === undefined ? { outcome: "equal" } : confirm(trace);
    }
  }
}

/**
 * The trace without the mremap that the kernel refused. It takes no areas with a
 * border in between to another length, and borders that no flag shows any more,
 * such as those that prctl leaves, are not modelled.
 */
function withoutRefusedMove(trace: Trace, reason: string): Trace | undefined {
  const [, refused] = /^op (\d+) mremap: errno 14$/.exec(reason) ?? [];
  if (refused === undefined) return undefined;
  const ops = trace.ops.filter((_, index) => index !== Number(refused));
  return { ...trace, ops: doable(ops) };
}

function confirm(trace: Trace): Verdict {
  const [again] = record([trace], { runs: CONFIRMING_RUNS });
  if (again.outcome !== "recorded") return again;
  const reason = engineProblem(trace, again.recording);
  return reason === undefined
    ? { outcome: "flaky" }
    : { outcome: "different", reason, trace };
}

/** The smallest part of a trace that still shows a difference. */
export function smallest(trace: Trace): Trace {
  const shows = (ops: readonly Op[]): boolean => {
    const part = { ...trace, ops };
    const [answer] = record([part]);
    if (answer.outcome !== "recorded") return false;
    try {
      return engineProblem(part, answer.recording) !== undefined;
    } catch (error) {
      if (error instanceof RefusedOp) return false;
      throw error;
    }
  };
  return traceOf(trace.name, shrink(trace.ops, shows, possible));
}
