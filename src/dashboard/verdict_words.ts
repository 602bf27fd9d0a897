/**
 * Whether KSM pays for a process, in words.
 *
 * @module
 */
import { groupDigits } from "../observe/digits.ts";
import type { ProcessVerdict } from "../observe/detail.ts";
import { gainText } from "./figures.ts";

/** A verdict in a word or two. */
export const VERDICT_WORDS: Readonly<
  Record<ProcessVerdict["verdict"], string>
> = {
  "not-offered": "not offered",
  "not-scanned": "not scanned",
  pays: "pays",
  costs: "costs",
  "nothing-merged": "nothing merged",
};

/** A verdict at length, with what it gains or costs, and in a word or two. */
export function verdictTexts(verdict: ProcessVerdict): string[] {
  const word = VERDICT_WORDS[verdict.verdict];
  const gain = "profit" in verdict
    ? [`${word}: ${gainText(verdict.profit)}`]
    : [];
  return [verdictText(verdict), ...gain, word];
}

/** A verdict with its figures. */
function verdictText(verdict: ProcessVerdict): string {
  switch (verdict.verdict) {
    case "not-offered":
      return "not offered: none of its memory is mergeable";
    case "not-scanned":
      return "not scanned: ksmd remembers nothing of it yet";
    case "nothing-merged":
      return `nothing merged: ${gainText(verdict.profit)}, all of it cost`;
    case "pays":
    case "costs": {
      const { profit, ratio, breakEven } = verdict;
      const items = `rmap items / merging ${groupDigits(ratio, 1)}`;
      const even = `even at ${groupDigits(breakEven, 1)}`;
      return `${verdict.verdict}: ${gainText(profit)}, ${items}, ${even}`;
    }
  }
}
