/**
 * The row that the user has chosen in a zoomed panel. It is remembered by its
 * name, so that it stays chosen when the rows change their order.
 *
 * @module
 */
import { lockStatName } from "./lock_lines.ts";
import {
  actorRows,
  eventRows,
  lockClassRows,
  processRows,
  type RowsState,
} from "./rows.ts";
import type { DashboardState } from "./state.ts";
import { treeLines } from "./tree_lines.ts";

/** What the choice depends on. */
export type ChoiceState =
  & RowsState
  & Pick<DashboardState, "details" | "chosen">;

/** The names of the rows of the zoomed panel from top to bottom; none where no row can be chosen. */
export function rowNames(state: Omit<ChoiceState, "chosen">): string[] {
  switch (state.zoomed) {
    case "trees":
      return treeLines(state.snapshot, state.details.trees?.answer)
        .map(({ name }) => name);
    case "locks":
      return lockClassRows(state).map(lockStatName);
    case "ksmd":
      return actorRows(state).map(({ actor }) => actor.name);
    case "processes":
      return processRows(state).map(({ name }) => name);
    case "events":
      return eventRows(state).map(({ last }) => String(last.number));
    default:
      return [];
  }
}

/** The index of the chosen row: the first where none is chosen, or the chosen one is gone. */
export function chosenIndex(
  names: readonly string[],
  chosen: string | undefined,
): number {
  return Math.max(0, chosen === undefined ? 0 : names.indexOf(chosen));
}

/** The index of the row of events with the chosen one among them, also where a filter or newer events have made other rows of them; the newest where none is chosen. */
function chosenEventRow(
  names: readonly string[],
  chosen: string | undefined,
): number {
  const last = names.length - 1;
  if (chosen === undefined) return last;
  const row = names.findIndex((name) => Number(name) >= Number(chosen));
  return row < 0 ? last : row;
}

/** The index of the chosen row of the zoomed panel. */
export function chosenRow(state: ChoiceState): number {
  const names = rowNames(state);
  return state.zoomed === "events"
    ? chosenEventRow(names, state.chosen)
    : chosenIndex(names, state.chosen);
}

/** The row that is chosen as a panel is zoomed: the first, so that it is followed when the rows change their order; of events none, so that those to come are followed. */
export function firstChoice(
  state: Omit<ChoiceState, "chosen">,
): string | undefined {
  return state.zoomed === "events" ? undefined : rowNames(state).at(0);
}

/** The choice after what is shown has changed: where the chosen row is gone, the one that has come to stand in its place; none does while there are no rows. */
export function keptChoice(
  before: ChoiceState,
  after: Omit<ChoiceState, "chosen">,
): string | undefined {
  const { chosen } = before;
  if (after.zoomed === "events") return chosen;
  if (chosen === undefined) return firstChoice(after);
  const names = rowNames(after);
  if (names.includes(chosen)) return chosen;
  return names.at(Math.min(names.length - 1, chosenRow(before))) ?? chosen;
}

/** The name of a row, or of the last one where there are fewer; nothing at the newest event, so that those to come are followed. */
export function rowAt(state: ChoiceState, row: number): string | undefined {
  const names = rowNames(state);
  const to = Math.max(0, Math.min(names.length - 1, row));
  const follows = state.zoomed === "events" && to === names.length - 1;
  return follows ? undefined : names[to];
}
