/**
 * Look-ups of a KSM page while something happens to it.
 *
 * @module
 */
import type { GetFolioMode } from "../../engine/ksm/mod.ts";
import { assert } from "../../engine/lib/assert.ts";
import type { Suspends } from "../../engine/lib/step.ts";
import type { Pins } from "../../machine/mod.ts";
import type { Content, Frame, StableNode } from "../../engine/mm/mod.ts";
import {
  type Play,
  type Scenario,
  staged,
  type StagedCase,
} from "../scenario.ts";
import { variantsNamed } from "../variants/mod.ts";
import { discard, migrate, reclaim, write } from "../acts.ts";
import type { Stage } from "../stage.ts";
import { SAFETY } from "../safety.ts";
import { bystander, LETTER, PAIR, SINGLE, unmap } from "./settings.ts";

const LOOKUPS = [
  "v4",
  "v0",
  "v1",
  "v1-rcu",
  "v2",
  "get-lock",
  "get-lock-corrected",
  "no-check-after-pin",
  "no-check-after-lock",
  "no-reread",
  "pin-from-zero",
  "no-frozen-wait",
  "spin-on-freed",
  "remove-when-busy",
  "leak-on-stale",
  "lock-left",
] as const;

const MODES: readonly GetFolioMode[] = ["nolock", "lock", "trylock"];

const COLUMNS = ["page", "node"] as const;

const FOUND = [
  SAFETY.inUse,
  SAFETY.rightBytes,
  SAFETY.rightPage,
  SAFETY.liveNode,
];

/** Somebody unmaps the last mapping of the page, and another process gets its frame. */
export const UNMAP: Scenario = staged({
  name: "unmap",
  title: "Look-up against the last unmap and the reuse of the frame",
  actors: ["ksmd", "owner", "other"],
  columns: COLUMNS,
  variants: variantsNamed(...LOOKUPS),
  outlives: false,
  safety: FOUND,
  claims: [
    {
      text: "The page may be found.",
      variant: "v4",
      outcome: /ksmd: page/,
      reachable: true,
    },
    {
      text: "It may be gone.",
      variant: "v4",
      outcome: /ksmd: none/,
      reachable: true,
    },
    {
      text: "NULL means that the page is gone.",
      variant: "v4",
      outcome: /page still there/,
      reachable: false,
    },
    {
      text: "Nobody locks the page, so that it is never busy.",
      variant: "v4",
      outcome: /busy/,
      reachable: false,
    },
  ],
  cases: MODES.map((mode): StagedCase => ({
    name: mode,
    setting: {
      ops: [
        ...PAIR,
        ...bystander("C"),
        unmap("B"),
      ],
    },
    play: (stage) => {
      const { node, page, content, view } = watched(stage);
      return {
        works: [
          stage.lookup(node, mode, content),
          discard(stage, stage.mm("A")),
          write(stage, "C", stage.page(LETTER.y)),
        ],
        view,
        outcome: () => `frame ${stage.frameState(page)}`,
      };
    },
  })),
});

const ANOMALY = {
  text: "The anomaly of 2013: NULL although the page is there, since its " +
    "count reads 0 while it is frozen.",
  variant: "v1",
  outcome: /page still there/,
  reachable: true,
};

const NO_ANOMALY = {
  text: "A frozen page of the swap cache is never taken for gone.",
  variant: "v4",
  outcome: /page still there/,
  reachable: false,
};

/** The page is frozen on its way out, as it was argued in 2013 that only such pages are. */
export const FREEZE: Scenario = staged({
  name: "freeze",
  title: "Two look-ups against reclaim, which freezes the page's count",
  actors: ["ksmd", "reclaim"],
  columns: COLUMNS,
  variants: variantsNamed(...LOOKUPS),
  outlives: false,
  safety: FOUND,
  claims: [ANOMALY, NO_ANOMALY],
  cases: MODES.map((mode) => reclaiming(mode, false)),
});

/** The page is frozen, and stays nevertheless. */
export const FREEZE_DIRTY: Scenario = staged({
  name: "freeze-dirty",
  title: "Two look-ups against reclaim that finds the page dirty, and keeps it",
  actors: ["ksmd", "reclaim"],
  columns: COLUMNS,
  variants: variantsNamed(...LOOKUPS),
  outlives: true,
  safety: FOUND,
  claims: [
    ANOMALY,
    {
      text: "The page at one moment, and NULL at the next.",
      variant: "v1",
      outcome: /ksmd: page, then none, page still there/,
      reachable: true,
    },
    {
      text: "NULL at one moment, and the page at the next: with the page " +
        "found missing its node goes.",
      variant: "v1",
      outcome: /ksmd: none.*, then page/,
      reachable: false,
    },
    NO_ANOMALY,
    {
      text: "Busy at one moment, and the page at the next.",
      variant: "v4",
      outcome: /ksmd: busy, then page/,
      reachable: true,
    },
  ],
  cases: MODES.map((mode) => reclaiming(mode, true)),
});

/** Two look-ups of a page that only the swap cache and KSM know. */
function reclaiming(mode: GetFolioMode, isDirty: boolean): StagedCase {
  return {
    name: mode,
    setting: { ops: SINGLE },
    play: (stage) => {
      const { node, page, content, view } = watched(stage);
      putInSwapCache(stage, page);
      stage.do(unmap("A"));
      return {
        works: [
          twice(stage, node, mode, content),
          reclaim(stage, page, isDirty),
        ],
        view,
        pins: () => cachePins(stage),
      };
    },
  };
}

function once(
  stage: Stage,
  node: StableNode,
  mode: GetFolioMode,
  content: Content,
): Suspends<string> {
  return stage.lookup(node, mode, content);
}

function* twice(
  stage: Stage,
  node: StableNode,
  mode: GetFolioMode,
  content: Content,
): Suspends<string> {
  const first = yield* stage.lookup(node, mode, content);
  return `${first}, then ${yield* stage.lookup(node, mode, content)}`;
}

function putInSwapCache({ frames }: Stage, page: Frame): void {
  frames.get(page);
  frames.swapCache[page] = 1;
}

/** The references of the swap cache. */
function cachePins({ frames }: Stage): Pins {
  const cached = [...frames.each()].filter((frame) =>
    frames.swapCache[frame] === 1
  );
  return new Map(cached.map((frame) => [frame, 1]));
}

/** The page moves to another frame. */
export const MIGRATION: Scenario = staged({
  name: "migration",
  title:
    "Look-up against migration, before, between and after freeze and unfreeze",
  actors: ["ksmd", "compaction"],
  columns: COLUMNS,
  variants: variantsNamed(...LOOKUPS, "swapped-stores", "flag-before-number"),
  outlives: true,
  safety: FOUND,
  claims: [
    {
      text: "It may be busy just then.",
      variant: "v4",
      outcome: /ksmd: busy/,
      reachable: true,
    },
    {
      text: "A page that moves is never taken for gone.",
      variant: "v4",
      outcome: /ksmd: none/,
      reachable: false,
    },
    {
      text:
        "With migration the anomaly of 2013 does harm: the node of a page " +
        "that lives on is removed.",
      variant: "v1",
      outcome: /ksmd: none.*violated: no live node is removed/,
      reachable: true,
    },
  ],
  cases: [
    ...migrating("nolock", false),
    ...migrating("trylock", false),
  ],
});

/** The page moves to another frame while it is waited for. */
export const LOCKED_MIGRATION: Scenario = staged({
  name: "locked-migration",
  title: "Look-up that waits for the page lock, against migration",
  actors: ["ksmd", "compaction"],
  columns: COLUMNS,
  variants: variantsNamed(...LOOKUPS, "swapped-stores", "flag-before-number"),
  outlives: true,
  safety: FOUND,
  claims: [
    {
      text: "get_lock_ksm_page() as proposed answers NULL and keeps the node.",
      variant: "get-lock",
      outcome: /node kept/,
      reachable: true,
    },
    {
      text: "The page lives on there: whoever looks next finds it.",
      variant: "get-lock",
      outcome: /ksmd: none, node kept, then page;/,
      reachable: true,
    },
    {
      text: "get_ksm_page() never answers NULL and keeps the node.",
      variant: "v1",
      outcome: /node kept/,
      reachable: false,
    },
    {
      text: "Today the page is found in the end, wherever it is.",
      variant: "v4",
      outcome: /ksmd: (none|busy)/,
      reachable: false,
    },
  ],
  cases: [...migrating("lock", false), ...migrating("lock", true)],
});

/** The page moves away, and back to the frame that it had. */
export const ROUND_TRIP: Scenario = staged({
  name: "round-trip",
  title: "Look-up against two migrations, away and back to the same frame",
  actors: ["ksmd", "compaction"],
  columns: COLUMNS,
  variants: variantsNamed("compare-numbers", "count-moves"),
  outlives: true,
  safety: FOUND,
  claims: [
    {
      text: "Linux 6.18 removes the node of a page that has come back.",
      variant: "compare-numbers",
      outcome: /violated: the kernel uses nothing freed/,
      reachable: true,
    },
    {
      text: "Not if migrations are counted.",
      variant: "count-moves",
      outcome: /violated|none/,
      reachable: false,
    },
  ],
  cases: MODES.map((mode): StagedCase => ({
    name: mode,
    setting: { nodes: 2, ops: SINGLE },
    play: (stage) => {
      const { node, page, content, view } = watched(stage);
      return {
        works: [stage.lookup(node, mode, content), awayAndBack(stage, page)],
        view,
      };
    },
  })),
});

function* awayAndBack(stage: Stage, page: Frame): Suspends<string> {
  const away = yield* migrate(stage, page);
  const now = stage.frameAt("A");
  if (away !== "moved" || now === 0) return away;
  return `${away} and ${yield* migrate(stage, now, 0)}`;
}

/** A page in the swap cache has its count frozen while it migrates. */
function migrating(mode: GetFolioMode, again: boolean): StagedCase[] {
  const name = again ? `${mode}, and once more` : mode;
  const lookUp = again ? twice : once;
  return [false, true].map((swapCache): StagedCase => ({
    name: swapCache ? `${name}, in the swap cache` : name,
    setting: { nodes: 2, ops: PAIR },
    play: (stage): Play => {
      const { node, page, content, view } = watched(stage);
      if (swapCache) putInSwapCache(stage, page);
      return {
        works: [lookUp(stage, node, mode, content), migrate(stage, page)],
        view,
        pins: () => cachePins(stage),
      };
    },
  }));
}

/** A KSM page that a scenario is about. */
export interface Watched {
  readonly node: StableNode;
  readonly page: Frame;
  readonly content: Content;
  readonly view: () => string[];
}

/** The KSM page of a process. */
export function watched(stage: Stage, proc = "A"): Watched {
  const node = stage.nodeAt(proc);
  const page = stage.frameAt(proc);
  assert(page !== 0, `${proc} maps a page`);
  const content = stage.frames.contentOf(page);
  const view = () => [stage.frameState(page), stage.nodeState(node)];
  return { node, page, content, view };
}
