/**
 * The story of the page protocol: each question, what the search says, and the
 * schedule that shows it. Whatever is claimed of the search is taken from what it
 * has found.
 *
 * @module
 */
import { isKept, told } from "./closing.ts";
import {
  type Evidence,
  fateOf,
  findsNone,
  flawsOf,
  listed,
  namesOf,
  sumOf,
  worstOf,
} from "./evidence.ts";
import type { Moment } from "./moments.ts";

/** One part of the story. */
export interface Passage {
  /** The question. */
  readonly heading: string;
  /** What is to be said. */
  readonly paragraphs: readonly string[];
  /** The schedule that shows it, for `parsePlace`. */
  readonly schedule: string | undefined;
}

/** The story. */
export function explain(evidence: Evidence): readonly Passage[] {
  return [
    question(evidence),
    afterThePin(evidence),
    underTheLock(evidence),
    section(evidence),
    twoFunctions(evidence),
    frozen(evidence),
    moved(evidence),
    barrier(evidence),
    busy(evidence),
    movedBack(evidence),
    staleTree(evidence),
  ];
}

function question({ verdicts }: Evidence): Passage {
  const own = verdicts.filter(({ variant }) => variant.kind === "own");
  const bad = own.filter(({ verdict }) => verdict === "violated");
  const schedules = own.reduce((sum, { schedules }) => sum + schedules, 0);
  const all = own.every(({ exhaustive }) => exhaustive);
  return {
    heading: "How does one get a page that one holds no reference to?",
    paragraphs: [
      "A stable node remembers its page by frame number. It holds no " +
      "reference, since that would keep a page in memory that nobody maps any " +
      "more. So the page can be freed, its frame can get another owner, and " +
      "migration can put its contents elsewhere, all while ksmd looks. Whoever " +
      "wants the page reads the number, looks whether the frame points back at " +
      "the node, raises its count unless that is 0, and looks again; and once " +
      "more under the page's lock, if it takes that.",
      "In January 2013 a review asked which of these steps are needed, and " +
      "argued by thought. Here the steps are gone through in every order, by " +
      "the code that the engine runs.",
      bad.length === 0
        ? `Today's protocol holds in all ${own.length} scenarios that it is ` +
          `asked in, after ${schedules} schedules, which are ` +
          `${all ? "all that can make a difference" : "not all there are"}` +
          `${flawsOf({ verdicts })}.`
        : `Today's protocol goes wrong in ${namesOf(bad)}.`,
    ],
    schedule: undefined,
  };
}

function afterThePin(evidence: Evidence): Passage {
  return {
    heading: "Why look again once the page is pinned?",
    paragraphs: [
      "Between the first look and the pin the page may be freed, and its frame " +
      "be given to somebody else: then the pin keeps the wrong page. A pinned " +
      "page cannot be freed, so that the second look is the last word on that.",
      `Without it, no-check-after-pin ${
        fateOf(evidence, "no-check-after-pin")
      }.`,
      "Raising the count from 0 is no way out, since a free frame belongs to " +
      `whoever allocates it next: pin-from-zero ` +
      `${fateOf(evidence, "pin-from-zero")}.`,
    ],
    schedule: worstOf(evidence, "no-check-after-pin"),
  };
}

function underTheLock(evidence: Evidence): Passage {
  return {
    heading: "Why look once more under the page's lock?",
    paragraphs: [
      "A pin does not stop a migration that has compared the count already. It " +
      "works under the page's lock; whoever waited for that lock may wake up " +
      "with a frame that the contents have left.",
      `Without that look, no-check-after-lock ` +
      `${fateOf(evidence, "no-check-after-lock")}. What Linux did before the ` +
      `review, v0, had no such look; it ${fateOf(evidence, "v0")}.`,
    ],
    schedule: worstOf(evidence, "no-check-after-lock"),
  };
}

function section(evidence: Evidence): Passage {
  const { common, differences, machines } = sumOf(evidence.rcu);
  return {
    heading: "Does an RCU read section around the look-up do anything?",
    paragraphs: [
      "Frames are freed without a grace period, so nobody waits for such a " +
      "section to end. The review agreed at once to remove it.",
      differences.length === 0
        ? `v1 with and without the section come to the same ${common} ` +
          `outcomes on ${machines}.`
        : `But it makes a difference: ${told(differences[0])}.`,
      "A control, without KSM, in which a record is freed after a grace " +
      "period, shows that the search would see it if a section mattered: " +
      `read-section ${fateOf(evidence, "read-section")}; no-read-section ` +
      `${fateOf(evidence, "no-read-section")}.`,
    ],
    schedule: worstOf(evidence, "no-read-section"),
  };
}

function twoFunctions(evidence: Evidence): Passage {
  const { common, differences, machines } = sumOf(evidence.proposed);
  const others = differences.filter((each) => !isKept(each));
  const corrected = sumOf(evidence.corrected);
  return {
    heading: "Would get_lock_ksm_page() on top of get_ksm_page() be the same?",
    paragraphs: [
      "The review proposed two functions in place of one with an argument: the " +
      "second gets the page from the first, locks it, and looks again. If the " +
      "page is another one by then, it lets go and answers that there is none. That answer would " +
      "have two meanings: the node is gone, or it is still there.",
      `Of the outcomes on ${machines}, ${common} are common to both, and ` +
      (differences.length === 0
        ? "none is of one alone."
        : others.length === 0
        ? `those of one alone are all of one kind: ${told(differences[0])}.`
        : `${differences.length} are of one alone, such as ${
          told(others[0])
        }.`),
      corrected.differences.length === 0
        ? "The answer to the review removes the node there, too; after that " +
          "the two come to the same everywhere."
        : `The answer to the review removes the node there, too, and still ` +
          `${told(corrected.differences[0])}.`,
    ],
    schedule: differences.at(0)?.schedule,
  };
}

function frozen(evidence: Evidence): Passage {
  const { v1, v2, v4 } = evidence.moments;
  const nulls = v1.filter((moment) => moment.atOnce && findsNone(moment));
  const harmful = nulls.filter(({ failure }) => failure !== undefined);
  const later = [["v2", v2], ["v4", v4]] as const;
  return {
    heading: "What if the count is 0 for a moment only?",
    paragraphs: [
      "While a page of the swap cache moves, its count is frozen to 0. A " +
      "look-up then sees no page, and could see it a moment later. In 2013 that " +
      "was called harmless: only pages on their way out were ever frozen. But " +
      "reclaim lets go a page that turns out to be dirty, too.",
      `Let v1 look the page up at each of the ${v1.length} moments of such a ` +
      `migration: ${
        found(v1)
      }; at ${nulls.length} moments it finds none while ` +
      "the count is frozen" +
      (harmful.length === 0
        ? ", and does no harm."
        : `, and at ${harmful.length} of them it removes the node of a page ` +
          "that lives on, which is what it does wherever it finds none."),
      `So v1 ${fateOf(evidence, "v1")}.`,
      ...later.map(([name, moments]) =>
        `${name}, which waits for a frozen count: ${found(moments)}.`
      ),
      `Without that wait, no-frozen-wait ${
        fateOf(evidence, "no-frozen-wait")
      }; with a wait for freed pages, too, spin-on-freed ` +
      `${fateOf(evidence, "spin-on-freed")}.`,
    ],
    schedule: nulls.at(0)?.schedule,
  };
}

/** What look-ups find at the moments. */
function found(moments: readonly Moment[]): string {
  const none = moments.filter(findsNone).length;
  const wrong = moments.filter(({ failure }) => failure !== undefined).length;
  return listed([
    `it finds the page at ${moments.length - none}`,
    `none at ${none}`,
    `something goes wrong at ${wrong}`,
  ]);
}

function moved(evidence: Evidence): Passage {
  return {
    heading: "Why read the frame number again before the node is given up?",
    paragraphs: [
      "A page that does not point back any more is gone, or has moved. The node " +
      "knows: if its frame number is another one by now, the page has moved, " +
      "and the look-up begins anew.",
      `Without that, no-reread ${fateOf(evidence, "no-reread")}.`,
    ],
    schedule: worstOf(evidence, "no-reread"),
  };
}

function barrier(evidence: Evidence): Passage {
  return {
    heading: "What would a missing barrier allow?",
    paragraphs: [
      "Migration first gives the node its new frame number, and then lets the " +
      "old frame point nowhere; a barrier between the two stores, and one " +
      "between the two reads of the look-up, keep that order for all. The " +
      "search knows no weak memory; but it can swap the stores, as a processor " +
      "might without the barrier.",
      `Then swapped-stores ${fateOf(evidence, "swapped-stores")}.`,
      "The flag of the swap cache may go only after the number is new: " +
      `flag-before-number ${fateOf(evidence, "flag-before-number")}.`,
    ],
    schedule: worstOf(evidence, "swapped-stores"),
  };
}

function busy(evidence: Evidence): Passage {
  return {
    heading: "Why try the lock at a match, and not wait for it?",
    paragraphs: [
      "At a match the page is to be mapped once more, so a migration with the " +
      "old count in mind has to be kept out: without the lock, " +
      `no-lock-at-match ${fateOf(evidence, "no-lock-at-match")}.`,
      "v2 waited for the lock there, and " +
      `${fateOf(evidence, "v2")}. A walk that waits for a lock while it has ` +
      `one, lock-in-walk, ${fateOf(evidence, "lock-in-walk")}. Since 5.1 a ` +
      "page whose lock is not free is left for the next pass, with its node: " +
      `remove-when-busy ${fateOf(evidence, "remove-when-busy")}.`,
    ],
    schedule: worstOf(evidence, "remove-when-busy"),
  };
}

function movedBack(evidence: Evidence): Passage {
  return {
    heading: "Is another frame number the only sign of a move?",
    paragraphs: [
      "A page that migrates away, and back to the frame that it had, has the " +
      "number that was read before. A look-up that began before the first move " +
      "takes the page for gone, unless migrations are counted.",
      "So compare-numbers, which is what Linux does, " +
      `${fateOf(evidence, "compare-numbers")}; count-moves, which counts, ` +
      `${fateOf(evidence, "count-moves")}.`,
    ],
    schedule: worstOf(evidence, "compare-numbers"),
  };
}

function staleTree(evidence: Evidence): Passage {
  const schedule = worstOf(evidence, "reset-in-use");
  return {
    heading: "Is there anything that nobody asked about?",
    paragraphs: [
      "A pass begins by emptying the unstable trees that are in use, which " +
      "depends on merge_across_nodes. If that is changed and changed back " +
      "while a process exits, a tree is searched that still has entries of an " +
      "earlier pass.",
      `So reset-in-use, which is what Linux does, ` +
      `${fateOf(evidence, "reset-in-use")}; reset-all, which empties all ` +
      `trees, ${fateOf(evidence, "reset-all")}.`,
    ],
    schedule,
  };
}
