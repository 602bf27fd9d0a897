/**
 * The zoomed panels that ask for details, as tests look at them.
 *
 * @module
 */
import type { Snapshot } from "../../src/observe/snapshot.ts";
import { answering, DETAILED } from "../unit/dashboard_details.ts";
import {
  dashboardOn,
  type DashboardScreen,
  type ScreenOptions,
  shownCells,
  textOf,
} from "./dashboard_screen.ts";
import { seen } from "../unit/dashboard_seen.ts";

/** What was to be seen in 60 batches: sharing grows and falls, and profit is negative at first. */
const PAST: readonly Snapshot[] = Array.from({ length: 60 }, (_, index) => {
  const batch = index + 1;
  const sharing = batch <= 40 ? 50 * batch : 2000 - 25 * (batch - 40);
  return {
    ...DETAILED,
    timeMillis: 12_480 + 20 * batch,
    ksmd: { ...DETAILED.ksmd, batches: DETAILED.ksmd.batches + batch },
    counters: {
      ...DETAILED.counters,
      pagesShared: 8 * batch,
      pagesSharing: sharing,
      pagesUnshared: 700 - 5 * batch,
      pagesVolatile: 400 - 6 * batch,
      ksmZeroPages: batch,
      generalProfit: 4096 * (sharing - 500),
    },
    stableTree: { nodes: 8 * batch, height: 9 },
    unstableTree: { nodes: 700 - 5 * batch, height: 10 },
  };
});

/** The last of them. */
export const LAST = PAST[PAST.length - 1];

/** Shows them one after the other. */
function live(screen: DashboardScreen): void {
  for (const snapshot of PAST) {
    screen.send(seen(snapshot));
  }
}

/** The zoomed panels, by the keys that lead there. */
export const VIEWS = [
  ["zoomed_memory", ["1"], true],
  ["zoomed_tree", ["2"], false],
  ["zoomed_chain", ["2", "down", "down"], false],
  ["zoomed_map", ["3", "up", "right"], false],
  ["zoomed_processes", ["6", "down"], false],
  ["zoomed_events", ["7", "up"], false],
] as const;

/** A panel by its name, after its keys, as an emulator shows it. */
export async function shown(
  name: typeof VIEWS[number][0],
  options: ScreenOptions,
): Promise<string[]> {
  const [, keys, isLive] = VIEWS.find(([one]) => one === name) ?? VIEWS[0];
  const screen = dashboardOn(answering(), options);
  if (isLive) live(screen);
  screen.press(...keys);
  return textOf(await shownCells(screen));
}

/** The sizes that are looked at. */
export const SIZES = [[120, 40], [80, 24]] as const;
