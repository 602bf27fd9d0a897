/**
 * Merging while others write, lock, move, or take memory away.
 *
 * @module
 */
import type { Suspends } from "../../engine/lib/step.ts";
import type { Content, Frame } from "../../engine/mm/mod.ts";
import {
  checkContent,
  discard,
  migrate,
  takeOffline,
  visit,
  write,
} from "../acts.ts";
import { SAFETY } from "../safety.ts";
import {
  type Play,
  type Scenario,
  staged,
  type StagedCase,
} from "../scenario.ts";
import { variantsNamed } from "../variants/mod.ts";
import type { Stage } from "../stage.ts";
import { watched } from "./lookups.ts";
import {
  batches,
  BY_ONE,
  LETTER,
  onNode1,
  passes,
  process,
  RUNNING,
  SINGLE,
  unmap,
} from "./settings.ts";

/** D's page is the next one that ksmd visits; C's has its bytes, and stands in the unstable tree. */
const TWINS = [
  ...RUNNING,
  BY_ONE,
  ...process("C", LETTER.y),
  ...process("D", LETTER.y),
  // The first pass sums both pages up, and needs a batch to find its end.
  batches(4),
] as const;

/** ksmd merges two pages while the owner of one writes it, or gives it back. */
export const WRITE: Scenario = staged({
  name: "write",
  title: "Merge of two pages against a write to one of them",
  actors: ["ksmd", "owner"],
  columns: ["C's page", "D's page"],
  variants: variantsNamed("v4", "no-second-compare", "no-entry-check"),
  outlives: false,
  safety: [SAFETY.ownBytes],
  claims: [{
    text:
      "The pages merge although one is written: the write comes later, and ksmd does not know of it yet.",
    variant: "v4",
    outcome: /shared 1, sharing 1/,
    reachable: true,
  }, {
    text: "Nobody loses a write.",
    variant: "v4",
    outcome: /violated/,
    reachable: false,
  }],
  cases: ["C", "D"].flatMap((proc): StagedCase[] => [
    {
      name: `${proc} writes`,
      setting: { ops: TWINS },
      play: (stage) => owned(stage, proc, stage.page(LETTER.x)),
    },
    {
      name: `${proc} gives its page back`,
      setting: { ops: TWINS },
      play: (stage) => owned(stage, proc),
    },
  ]),
});

/** ksmd visits, and an owner changes its page; each process reads what is its own in the end. */
function owned(stage: Stage, proc: string, content?: Content): Play {
  const { zero } = stage.machine.memory.contents;
  const olds = ["C", "D"].map((each) => stage.contentAt(each));
  return {
    works: [
      visit(stage, "D"),
      content === undefined
        ? discard(stage, stage.mm(proc))
        : write(stage, proc, content),
    ],
    view: () => ["C", "D"].map((each) => pageState(stage, each)),
    check: () => {
      ["C", "D"].forEach((each, at) => {
        const wanted = each === proc ? content ?? zero : olds[at];
        checkContent(stage, each, stage.mm(each), wanted);
      });
    },
  };
}

function pageState(stage: Stage, proc: string): string {
  const frame = stage.frameAt(proc);
  return frame === 0 ? "not mapped" : stage.frameState(frame);
}

/** D's page has the bytes of the KSM page that A maps, and is merged with it at its next visit. */
const MATCH_NEXT = [
  ...SINGLE,
  ...process("D", LETTER.x),
  passes(1),
] as const;

/** C's and D's pages are merged next, and their KSM page goes into the tree beside that of A and B. */
const INSERT_NEXT = [
  ...RUNNING,
  BY_ONE,
  ...process("A", LETTER.x),
  ...process("B", LETTER.x),
  ...process("C", LETTER.y),
  ...process("D", LETTER.y),
  batches(8),
] as const;

/** Somebody holds page locks, as migration in batches does, or reclaim. */
export const MATCH: Scenario = staged({
  name: "match",
  title: "Search that matches a page whose lock another one holds",
  actors: ["ksmd", "holder"],
  columns: ["page", "node"],
  variants: variantsNamed("v4", "v1", "v2", "remove-when-busy", "lock-in-walk"),
  outlives: false,
  safety: [SAFETY.liveNode],
  claims: [{
    text: "A page whose lock another one holds is given up for now.",
    variant: "v4",
    outcome: /shared 1, sharing 0, unshared 0/,
    reachable: true,
  }, {
    text: "With a blocking lock ksmd waits instead.",
    variant: "v2",
    outcome: /shared 1, sharing 0, unshared 0/,
    reachable: false,
  }],
  cases: [
    {
      name: "match",
      setting: { ops: MATCH_NEXT },
      play: (stage) => {
        const { page, view } = watched(stage);
        return { works: [visit(stage, "D"), hold(stage, page)], view };
      },
    },
    {
      name: "insert",
      setting: { ops: INSERT_NEXT },
      play: (stage) => {
        const { page, view } = watched(stage);
        const other = stage.frameAt("D");
        return { works: [visit(stage, "D"), hold(stage, page, other)], view };
      },
    },
  ],
});

/** Locks one page after the other, waiting for each, and lets them go. */
function* hold(stage: Stage, ...pages: (Frame | 0)[]): Suspends<string> {
  const { frames } = stage;
  const held: Frame[] = [];
  for (const page of pages) {
    if (page === 0 || !frames.isLive(page) || !frames.tryGet(page)) continue;
    yield* frames.lock(page, "holder:folio");
    held.push(page);
  }
  for (const page of held) {
    yield* frames.unlock(page, "holder:folio");
    frames.put(page);
  }
  return `held ${held.length}`;
}

/** The page that ksmd merges another one with moves to another frame. */
export const MATCH_MIGRATION: Scenario = staged({
  name: "match-migration",
  title: "Merge with a KSM page that migrates",
  actors: ["ksmd", "compaction"],
  columns: ["page", "node"],
  variants: variantsNamed(
    "v4",
    "v2",
    "no-lock-at-match",
    "no-reread",
    "swapped-stores",
  ),
  outlives: true,
  safety: [SAFETY.ownBytes, SAFETY.liveNode],
  claims: [{
    text: "The migration sees the raised count, and gives up.",
    variant: "v4",
    outcome: /compaction: stays/,
    reachable: true,
  }, {
    text: "Or it has ended before, and the page is merged with the new one.",
    variant: "v4",
    outcome: /compaction: moved; shared 1, sharing 1/,
    reachable: true,
  }],
  cases: [{
    name: "match",
    setting: { nodes: 2, ops: MATCH_NEXT },
    play: (stage) => {
      const { page, content, view } = watched(stage);
      return {
        works: [visit(stage, "D"), migrate(stage, page)],
        view,
        check: () => {
          for (const proc of ["A", "D"]) {
            checkContent(stage, proc, stage.mm(proc), content);
          }
        },
      };
    },
  }],
});

/** The memory under a KSM page is taken away. */
export const HOTREMOVE: Scenario = staged({
  name: "hotremove",
  title: "Search of the stable tree against memory that goes offline",
  actors: ["ksmd", "hotplug"],
  columns: ["page", "node"],
  variants: variantsNamed("v4", "no-offline-bit", "no-reread"),
  outlives: true,
  safety: [SAFETY.ownBytes, SAFETY.liveNode],
  claims: [{
    text: "The memory goes offline in any case.",
    variant: "v4",
    outcome: /hotplug: (?!offline)/,
    reachable: false,
  }],
  cases: [
    {
      name: "the page is gone already",
      setting: { nodes: 2, ops: onNode1(MATCH_NEXT) },
      play: (stage) => {
        const { page, view } = watched(stage);
        stage.do(unmap("A"));
        return {
          works: [visit(stage, "D"), takeOffline(stage, page)],
          view,
        };
      },
    },
    {
      name: "the page migrates",
      setting: { nodes: 2, ops: onNode1(MATCH_NEXT) },
      play: (stage) => {
        const { page, content, view } = watched(stage);
        return {
          works: [visit(stage, "D"), takeOffline(stage, page)],
          view,
          check: () => {
            for (const proc of ["A", "D"]) {
              checkContent(stage, proc, stage.mm(proc), content);
            }
          },
        };
      },
    },
  ],
});
