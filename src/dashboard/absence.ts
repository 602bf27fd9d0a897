/**
 * What is said in the place of what a source does not show.
 *
 * @module
 */
import { type DashboardState, isRecording } from "./state.ts";

/** Why something is not there: a recording holds what was recorded, and other sources show what they can. */
export function absentText(state: Pick<DashboardState, "moment">): string {
  return isRecording(state) ? "not recorded" : "not to be seen from here";
}
