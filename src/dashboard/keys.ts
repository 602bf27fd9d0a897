/**
 * Which keys mean something now, and which are worth naming.
 *
 * Keys come in scopes. What lies over the panels takes the keys first, then the
 * zoomed panel, then all others.
 *
 * @module
 */
import {
  type KeyMap,
  type KeyScope,
  keysOf as keysOfScopes,
} from "../tui/mod.ts";
import { rowNames } from "./choice.ts";
import { type Dialog, promptIn } from "./dialogs.ts";
import {
  BACK,
  EVERYWHERE,
  HELP,
  HELP_SCOPE,
  MENU_SCOPE,
  PACE,
  PAST,
  QUIT,
  ROWS,
  TOOLS,
  TYPING_SCOPE,
  ZOOM_KEYS,
  ZOOMED_LIST,
  ZOOMED_MAP,
} from "./key_scopes.ts";
import type { PanelName } from "./panels.ts";
import { LIST_PANELS } from "./rows.ts";
import type { DashboardState } from "./state.ts";
import type { Message } from "./update.ts";

/** The keys that open dialogs close them, too. */
function closingKeys(kind: Dialog["kind"]): KeyMap<Message> {
  return [QUIT, ...TOOLS, BACK].filter(({ message }) =>
    message.kind !== "toggle" || message.dialog === kind
  );
}

/** The keys that go about the zoomed panel, if it has a way. */
function panelScopes(
  { zoomed }: Pick<DashboardState, "zoomed">,
): KeyScope<Message>[] {
  switch (zoomed) {
    case undefined:
    case "memory":
      return [];
    case "map":
      return [ZOOMED_MAP];
    default:
      return [ZOOMED_LIST];
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

/** The keys that filter and sort the rows of a zoomed panel; events are in the order of their times. */
function rowKeys(zoomed: PanelName): KeyMap<Message> {
  if (zoomed === "events") return ROWS.slice(0, 1);
  return LIST_PANELS.includes(zoomed) ? ROWS : [];
}

/** The keys worth naming at the bottom, the most needed first. */
export function legendKeys(state: DashboardState): KeyMap<Message> {
  const [knobs, ...tools] = TOOLS;
  const others = [...PACE, knobs, ...ZOOM_KEYS, ...PAST, ...tools];
  if (state.zoomed === undefined) return [QUIT, HELP, ...others, ...ROWS];
  const way = state.zoomed === "map" || rowNames(state).length > 1
    ? panelScopes(state).flatMap(({ keys }) => keys)
    : [];
  const rows = rowKeys(state.zoomed);
  const [pause] = PACE;
  const more = others.filter((one) => one !== pause);
  return [QUIT, HELP, BACK, ...way, pause, ...rows, ...more];
}
