/**
 * What the mouse does: a click on a heading zooms, one on the title of a column
 * sorts, one on a row chooses it; a second click on a panel zooms it. The wheel
 * goes through the rows of the panel under the pointer.
 *
 * @module
 */
import { type Hit, type MouseHitEvent, promptMouse } from "../tui/mod.ts";
import { HELP_ID, MENU_ID, PROMPT_ID } from "./dialogs.ts";
import { isPanel, type PanelName } from "./panels.ts";
import type { DashboardState } from "./state.ts";
import type { Message } from "./update.ts";

/** Lines that the help scrolls by at a turn of the wheel. */
const WHEEL_LINES = 3;

/** Id of the cells of the zoomed page map. */
export const MAP_CELLS = "map-cells";

/** Id of the rows of a panel. */
export function rowsId(panel: PanelName): string {
  return `${panel}-rows`;
}

/** Id of the line with the headings of panels. */
export function headingId(panels: readonly PanelName[]): string {
  return `${panels.join("-")}-heading`;
}

/** The panel that an id begins with. */
function panelOf({ id }: Hit): PanelName | undefined {
  const [name = ""] = id.split("-", 1);
  return isPanel(name) ? name : undefined;
}

/** What a turn of the wheel comes to: -1 is up. */
function turnOf({ action }: MouseHitEvent): -1 | 0 | 1 {
  if (action === "wheel-up") return -1;
  return action === "wheel-down" ? 1 : 0;
}

/** What the mouse does while something lies over the panels. */
function inDialog(event: MouseHitEvent): Message | undefined {
  const { action, button, hits } = event;
  const turn = turnOf(event);
  const help = hits.some(({ id }) => id === HELP_ID);
  if (turn !== 0) {
    const by = help ? turn * WHEEL_LINES : turn;
    return { kind: "dialog", action: { kind: "move", by } };
  }
  const row = hits.find(({ id }) => id === MENU_ID)?.part;
  if (row?.kind === "row" && action === "press" && button === "left") {
    const { index } = row;
    return { kind: "dialog", action: { kind: "choose", index } };
  }
  const edit = promptMouse(event, PROMPT_ID);
  return edit && { kind: "dialog", action: { kind: "edit", action: edit } };
}

function clicked(hits: readonly Hit[]): Message | undefined {
  for (const hit of hits) {
    if (hit.id === MAP_CELLS) {
      const { column, row } = hit;
      return { kind: "map", move: { kind: "point", column, row } };
    }
    const panel = panelOf(hit);
    const { part } = hit;
    if (panel === undefined) continue;
    switch (part?.kind) {
      case "heading":
        return part.name !== undefined && isPanel(part.name)
          ? { kind: "zoom", panel: part.name }
          : undefined;
      case "title":
        return { kind: "sort-by", panel, title: part.name ?? "" };
      case "row":
        return { kind: "click", panel, row: part.index };
      default:
        return { kind: "click", panel, row: undefined };
    }
  }
}

/** The message of an event of the mouse. */
export function mouseMessage(
  event: MouseHitEvent,
  { dialog, zoomed }: DashboardState,
): Message | undefined {
  if (dialog !== undefined) return inDialog(event);
  const turn = turnOf(event);
  if (turn !== 0) {
    if (zoomed === "map") {
      const to = turn < 0 ? "up" : "down";
      return { kind: "map", move: { kind: "go", to } };
    }
    if (zoomed !== undefined) return { kind: "choose", by: turn };
    const panel = event.hits.map(panelOf).find((one) => one !== undefined);
    return panel && { kind: "scroll", panel, by: turn };
  }
  return event.action === "press" && event.button === "left"
    ? clicked(event.hits)
    : undefined;
}
