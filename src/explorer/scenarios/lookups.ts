/**
 * Look-ups of a KSM page while something happens to it.
 *
 * @module
 */
import type { GetFolioMode } from "../../engine/ksm/mod.ts";
import { assert } from "../../engine/lib/assert.ts";
import type { Content, Frame, StableNode } from "../../engine/mm/mod.ts";
import {
  type Play,
  type Scenario,
  staged,
  type StagedCase,
} from "../scenario.ts";
import { variantsNamed } from "../variants/mod.ts";
import { discard, migrate, write } from "../acts.ts";
import type { Stage } from "../stage.ts";
import { bystander, LETTER, PAIR, unmap } from "./settings.ts";

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

/** Somebody unmaps the last mapping of the page, and another process gets its frame. */
export const UNMAP: Scenario = staged({
  name: "unmap",
  title: "Look-up against the last unmap and the reuse of the frame",
  actors: ["ksmd", "owner", "other"],
  columns: COLUMNS,
  variants: variantsNamed(...LOOKUPS),
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

/** The page moves to another frame. */
export const MIGRATION: Scenario = staged({
  name: "migration",
  title:
    "Look-up against migration, before, between and after freeze and unfreeze",
  actors: ["ksmd", "compaction"],
  columns: COLUMNS,
  variants: variantsNamed(...LOOKUPS, "swapped-stores", "flag-before-number"),
  cases: (["nolock", "trylock"] as const).flatMap(migrating),
});

/** The page moves to another frame while it is waited for. */
export const LOCKED_MIGRATION: Scenario = staged({
  name: "locked-migration",
  title: "Look-up that waits for the page lock, against migration",
  actors: ["ksmd", "compaction"],
  columns: COLUMNS,
  variants: variantsNamed(...LOOKUPS, "swapped-stores", "flag-before-number"),
  cases: migrating("lock"),
});

/** A page in the swap cache has its count frozen while it migrates. */
function migrating(mode: GetFolioMode): StagedCase[] {
  return [false, true].map((swapCache): StagedCase => ({
    name: swapCache ? `${mode}, in the swap cache` : mode,
    setting: { nodes: 2, ops: PAIR },
    play: (stage): Play => {
      const { frames } = stage;
      const { node, page, content, view } = watched(stage);
      if (swapCache) {
        frames.get(page);
        frames.swapCache[page] = 1;
      }
      return {
        works: [stage.lookup(node, mode, content), migrate(stage, page)],
        view,
        pins: () => {
          const cached = [...frames.each()].filter((frame) =>
            frames.swapCache[frame] === 1
          );
          return new Map(cached.map((frame) => [frame, 1]));
        },
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
