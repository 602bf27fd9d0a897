/**
 * How the user stops what is seen, and moves it on and back.
 *
 * @module
 */
import { type DashboardState, isRecording, type KeyStride } from "./state.ts";
import { END_TEXT, type Travel } from "./travel.ts";

/** While the picture is frozen, what there is to see gathers behind it. */
export function freeze(state: DashboardState): DashboardState {
  if (state.behind !== undefined) return followed(state);
  const { snapshot, history, moment } = state;
  return { ...state, behind: { snapshot, history, moment } };
}

/** A picture that is not frozen, or no more. */
export function followed(state: DashboardState): DashboardState {
  const { behind } = state;
  return behind === undefined
    ? state
    : { ...state, ...behind, behind: undefined };
}

/** Who travels sees where, and stops the machine. */
export function depart(state: DashboardState, to: Travel): DashboardState {
  return {
    ...followed(state),
    playing: false,
    stepping: undefined,
    travelling: to,
  };
}

/** Whether a recording has been played to its end, also behind a frozen picture. */
function isPlayed(state: DashboardState): boolean {
  const { moment } = state.behind ?? state;
  return isRecording(state) && moment?.atEnd === true;
}

/** The state of a workload that has ended, after a key that would move it. */
function atItsEnd(state: DashboardState): DashboardState {
  const another = state.workloads.length > 0 ? ": w starts another" : "";
  return { ...state, notice: `The workload has ended${another}` };
}

/** A pause also calls off a stride that is under way. At its end a recording goes on from its beginning. */
export function pause(state: DashboardState): DashboardState {
  if (state.stepping !== undefined || state.travelling !== undefined) {
    return { ...state, stepping: undefined, travelling: undefined };
  }
  if (state.ended && !isRecording(state)) return atItsEnd(state);
  const rests = state.ended || !state.playing;
  if (!isPlayed(state) || !rests) {
    return { ...state, playing: !state.playing, pace: undefined };
  }
  const toBegin: Travel = { kind: "samples", by: -Infinity };
  return { ...depart(state, toBegin), playing: true, ended: false };
}

/** One stride on. A recording has nothing between two samples: page and batch lead to the next one. */
export function step(
  state: DashboardState,
  stride: KeyStride,
): DashboardState {
  if (state.ended && !isRecording(state)) return atItsEnd(state);
  const stopped = { ...state, playing: false };
  if (isPlayed(state)) return { ...stopped, notice: END_TEXT };
  const stepping = { ...stopped, stepping: stride };
  return stride === "pass" || !isRecording(state) ? stepping : {
    ...stepping,
    notice: "The next sample: nothing between two is recorded",
  };
}
