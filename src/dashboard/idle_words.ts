/**
 * Why ksmd visits no page though it was asked to, in words.
 *
 * @module
 */
import type { Snapshot } from "../observe/snapshot.ts";
import { type DashboardState, isRecording } from "./state.ts";

/** That ksmd is switched off, such as `run is 2`; missing while it may scan. */
export function runText({ knobs }: Snapshot): string | undefined {
  const { run = "1" } = knobs;
  return run === "1" ? undefined : `run is ${run}`;
}

/** What a full scan that was asked for waits for; missing where nothing is in its way. The wait is not called off, since a script may write to `run`. */
export function waitText(state: DashboardState): string | undefined {
  if (state.stepping !== "pass" || isRecording(state)) return undefined;
  const why = runText((state.behind ?? state).snapshot);
  return why && `${why}: no page is visited until it is 1; space stops`;
}
