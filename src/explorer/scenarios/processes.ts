/**
 * Processes that come and go while ksmd, or an administrator, is at work.
 *
 * @module
 */
import { isMergedPte, type Mm } from "../../engine/mm/mod.ts";
import type { Suspends } from "../../engine/lib/step.ts";
import { slotVpn } from "../../machine/mod.ts";
import { Violation } from "../../sim/explore/mod.ts";
import { discard, exit, fork, scan, setKnob } from "../acts.ts";
import { SAFETY } from "../safety.ts";
import { type Scenario, staged, type StagedCase } from "../scenario.ts";
import { variantsNamed } from "../variants/mod.ts";
import type { Stage } from "../stage.ts";
import { watched } from "./lookups.ts";
import {
  batches,
  BY_ONE,
  LETTER,
  PAIR,
  passes,
  process,
  RUNNING,
  SINGLE,
  unmap,
} from "./settings.ts";

/** A child maps a KSM page that no item remembers any more. */
const UNCOUNTED = [
  ...RUNNING,
  ...process("A", LETTER.x),
  ...process("B", LETTER.x, LETTER.y),
  passes(2),
  { op: "fork", proc: "A", child: "C" },
  unmap("A"),
  unmap("B"),
  BY_ONE,
  // Goes by A's and B's first pages, visits B's second one, and does not get to C.
  batches(1),
] as const;

/** An administrator changes what the trees mean, so that all nodes have to go. */
export const REMOVAL: Scenario = staged({
  name: "removal",
  title: "Removal of stable nodes against the end of their last mapping",
  actors: ["admin", "child"],
  columns: ["page", "node"],
  variants: variantsNamed(
    "v4",
    "v1",
    "v2",
    "remove-mapped",
    "no-check-after-lock",
  ),
  outlives: false,
  safety: [SAFETY.unmapped],
  claims: [{
    text:
      "As long as the child maps the page, the administrator is told EBUSY.",
    variant: "v4",
    outcome: /admin: errno 16/,
    reachable: true,
  }, {
    text: "When it has gone, the knob is set.",
    variant: "v4",
    outcome: /admin: errno 0/,
    reachable: true,
  }],
  cases: [
    {
      name: "the child exits",
      setting: { nodes: 2, ops: UNCOUNTED },
      play: (stage) => {
        const { view } = watched(stage, "C");
        const mm = stage.mm("C");
        return { works: [changeTrees(stage, mm), exit(stage, "C")], view };
      },
    },
    {
      name: "the child gives the page back",
      setting: { nodes: 2, ops: UNCOUNTED },
      play: (stage) => {
        const { view } = watched(stage, "C");
        const mm = stage.mm("C");
        return { works: [changeTrees(stage, mm), discard(stage, mm)], view };
      },
    },
  ],
});

/** Nodes may be given up only when nobody maps their pages. */
function* changeTrees(stage: Stage, mm: Mm): Suspends<string> {
  const { memory } = stage.machine;
  const wasMerged = isMergedPte(memory, mm.pages.get(slotVpn(0, 0)));
  const answer = yield* setKnob(stage, "merge_across_nodes", "0");
  const isMerged = isMergedPte(memory, mm.pages.get(slotVpn(0, 0)));
  if (answer === "errno 0" && wasMerged && isMerged) {
    throw new Violation(
      SAFETY.unmapped,
      "the child maps it",
    );
  }
  return answer;
}

/** The process whose memory ksmd is in exits. */
export const EXIT: Scenario = staged({
  name: "exit",
  title: "Exit of the process whose memory ksmd is in",
  actors: ["ksmd", "process"],
  columns: ["cursor"],
  variants: variantsNamed("v4", "no-exit-handshake", "exit-under-cursor"),
  outlives: false,
  safety: [],
  claims: [{
    text: "Where ksmd comes to it once more, it is uncounted at once.",
    variant: "v4",
    outcome: /shared 1, sharing 0/,
    reachable: true,
  }, {
    text: "Where ksmd has gone by, it stays counted until the next pass.",
    variant: "v4",
    outcome: /shared 1, sharing 1/,
    reachable: true,
  }],
  cases: [
    {
      name: "with a KSM page",
      setting: { ops: PAIR },
      play: (stage) => ({
        works: [scan(stage), exit(stage, "A")],
        view: () => cursor(stage),
      }),
    },
    {
      name: "before its first visit",
      setting: { ops: [...RUNNING, ...process("A", LETTER.x, LETTER.y)] },
      play: (stage) => ({
        works: [scan(stage), exit(stage, "A")],
        view: () => cursor(stage),
      }),
    },
  ],
});

function cursor({ ksm: { cursor } }: Stage): string[] {
  return [cursor.slot === 0 ? "between passes" : `slot ${cursor.slot}`];
}

/** CVE-2011-2183. */
export const FIRST_SLOT: Scenario = staged({
  name: "first-slot",
  title: "Exit of the last process when a pass begins (CVE-2011-2183)",
  actors: ["ksmd", "process"],
  columns: ["cursor"],
  variants: variantsNamed("v4", "unlocked-first-slot"),
  outlives: false,
  safety: [],
  claims: [{
    text: "The pass comes to its end, whoever is first.",
    variant: "v4",
    outcome: /waits for ever|violated/,
    reachable: false,
  }],
  cases: [{
    name: "no page visited yet",
    setting: { ops: [...RUNNING, ...process("A", LETTER.x)] },
    play: (stage) => ({
      works: [scan(stage), exit(stage, "A")],
      view: () => cursor(stage),
    }),
  }],
});

/** A process forks while all merging is undone. */
export const UNMERGE_FORK: Scenario = staged({
  name: "unmerge-fork",
  title: "Fork while an administrator undoes all merging",
  actors: ["admin", "parent"],
  columns: ["cursor"],
  variants: variantsNamed("v4", "fork-behind-cursor"),
  outlives: false,
  safety: [SAFETY.unmerged],
  claims: [{
    text: "Whenever the process forks, the child is unmerged too.",
    variant: "v4",
    outcome: /shared [1-9]|sharing [1-9]|violated/,
    reachable: false,
  }],
  cases: [{
    name: "the only process forks",
    setting: { ops: SINGLE },
    play: (stage) => ({
      works: [setKnob(stage, "run", "2"), fork(stage, stage.mm("A"))],
      view: () => cursor(stage),
      check: () => checkUnmerged(stage),
    }),
  }, {
    name: "the first process forks",
    setting: { ops: PAIR },
    play: (stage) => ({
      works: [setKnob(stage, "run", "2"), fork(stage, stage.mm("A"))],
      view: () => cursor(stage),
      check: () => checkUnmerged(stage),
    }),
  }],
});

/** Nobody maps a KSM page any more. */
function checkUnmerged({ machine: { memory } }: Stage): void {
  for (const mm of memory.mms.each()) {
    if (!isMergedPte(memory, mm.pages.get(slotVpn(0, 0)))) continue;
    throw new Violation(
      SAFETY.unmerged,
      `process ${mm.pid} maps a KSM page`,
    );
  }
}

/** Two look-ups of the same node, one after the other, and its page goes. */
export const TWO_LOOKUPS: Scenario = staged({
  name: "two-lookups",
  title: "Two look-ups of one node while its page goes",
  actors: ["ksmd", "admin", "owner"],
  columns: ["page", "node"],
  variants: variantsNamed("v4", "v1", "v2", "get-lock", "get-lock-corrected"),
  outlives: false,
  safety: [SAFETY.inUse, SAFETY.liveNode],
  claims: [{
    text: "Who comes second finds no node.",
    variant: "v4",
    outcome: /no node/,
    reachable: true,
  }, {
    text: "Both may find the page.",
    variant: "v4",
    outcome: /ksmd: page; admin: page/,
    reachable: true,
  }],
  cases: (["nolock", "lock"] as const).map((mode): StagedCase => ({
    name: `${mode}, then lock`,
    setting: { ops: [...PAIR, unmap("B")] },
    play: (stage) => {
      const { node, content, view } = watched(stage);
      return {
        works: [
          stage.lookup(node, mode, content),
          stage.lookup(node, "lock", content),
          discard(stage, stage.mm("A")),
        ],
        view,
      };
    },
  })),
});
