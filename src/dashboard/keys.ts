/**
 * Which keys mean something now, and which are worth naming.
 *
 * Keys come in scopes. What lies over the panels takes the keys first, then the
 * zoomed panel or the one with the focus, then all others. `k` is such a key:
 * wherever something moves up by the arrow, it does by `k`, too, and only
 * elsewhere it opens the knobs, as `K` does everywhere.
 *
 * @module
 */
import {
  type KeyBinding,
  type KeyMap,
  type KeyScope,
  keysOf as keysOfScopes,
} from "../tui/mod.ts";
import { rowNames } from "./choice.ts";
import { type Dialog, knobNames, promptIn } from "./dialogs.ts";
import {
  BACK,
  EVERYWHERE,
  HELP,
  HELP_SCOPE,
  LIST,
  MENU_SCOPE,
  OVERVIEW,
  PACE,
  PAST,
  QUIT,
  ROWS,
  TOOLS,
  TYPING_SCOPE,
  ZOOM_KEYS,
  ZOOMED,
  ZOOMED_MAP,
} from "./key_scopes.ts";
import { listPanel, rowCount } from "./rows.ts";
import { canSort } from "./sorting.ts";
import { type DashboardState, isRecording } from "./state.ts";
import type { Message } from "./update.ts";

/** The keys that open dialogs close them, too. */
function closingKeys(kind: Dialog["kind"]): KeyMap<Message> {
  return [QUIT, ...TOOLS, BACK].filter(({ message }) =>
    message.kind !== "toggle" || message.dialog === kind
  );
}

/** The keys that go about the panels, or about the zoomed one if it has a way. */
function panelScopes(
  state: Pick<DashboardState, "zoomed" | "focused">,
): KeyScope<Message>[] {
  switch (state.zoomed) {
    case undefined:
      return listPanel(state) === undefined ? [OVERVIEW] : [LIST, OVERVIEW];
    case "memory":
      return [ZOOMED];
    case "map":
      return [ZOOMED_MAP];
    default:
      return [LIST, ZOOMED];
  }
}

/** What has the keys now, the innermost first. */
function scopesOf(state: DashboardState): KeyScope<Message>[] {
  const { dialog } = state;
  const panel = panelScopes(state);
  if (promptIn(dialog) !== undefined) return [TYPING_SCOPE];
  if (dialog === undefined) return [...panel, EVERYWHERE];
  if (dialog.kind === "help") return [HELP_SCOPE, ...panel, EVERYWHERE];
  const closing = { title: "", keys: closingKeys(dialog.kind) };
  return [MENU_SCOPE, closing];
}

/** The keys that mean something now. */
export function keysOf(state: DashboardState): KeyMap<Message> {
  return keysOfScopes(scopesOf(state));
}

/** Whether a key would come to anything now. */
function acts(
  state: DashboardState,
  { message }: KeyBinding<Message>,
): boolean {
  switch (message.kind) {
    case "pause":
      // A recording is played again from its end.
      return !state.ended || isRecording(state);
    case "step":
      return !state.ended;
    case "travel":
      return state.moment !== undefined;
    case "choose":
      return state.zoomed === undefined
        ? state.focused !== undefined && rowCount(state, state.focused) > 1
        : rowNames(state).length > 1;
    case "detail":
      return state.focused !== undefined;
    case "sort":
      return canSort(state);
    case "back":
      return state.dialog !== undefined || state.zoomed !== undefined;
    case "toggle":
      // What is open is closed by the key that leads back.
      return state.dialog?.kind !== message.dialog &&
        opens(state, message.dialog);
    default:
      return true;
  }
}

/** Whether there is something to open. */
function opens(state: DashboardState, kind: Dialog["kind"]): boolean {
  switch (kind) {
    case "filter":
      return listPanel(state) !== undefined;
    case "workloads":
      return state.workloads.length > 0;
    case "knobs":
      return knobNames(state).length > 0;
    default:
      return true;
  }
}

/** All keys that are worth naming, the most needed first. */
function wanted(state: DashboardState): KeyMap<Message> {
  const [pause, ...pace] = PACE;
  const [knobs, ...tools] = TOOLS;
  const inner = scopesOf(state).filter((scope) => scope !== EVERYWHERE)
    .flatMap(({ keys }) => keys);
  const others = [...pace, knobs, ...ZOOM_KEYS, ...PAST, ...tools];
  return state.zoomed === undefined && state.dialog === undefined
    ? [QUIT, HELP, pause, ...inner, ...others, ...ROWS]
    : [QUIT, HELP, BACK, ...inner, pause, ...ROWS, ...others];
}

/** The keys worth naming at the bottom, the most needed first: only those that would come to something now. */
export function legendKeys(state: DashboardState): KeyMap<Message> {
  const now = keysOf(state);
  const rows = wanted(state).flatMap((row) => {
    const free = now.find(({ message }) => message === row.message);
    return free !== undefined && acts(state, free) ? [free] : [];
  });
  return [...new Set(rows)];
}
