/**
 * How the user goes about the zoomed page map: the cursor, how close they look,
 * and how far the map has scrolled. Where they are is remembered by name, so
 * that it stays the same page when processes come and go, and the screen
 * changes its size.
 *
 * @module
 */
import type { DashboardState } from "./state.ts";
import {
  type MapPlaces,
  mapPlaces,
  scrolledTo,
  ZoomedMap,
} from "./zoomed_map.ts";

/** What the user does on the map. */
export type MapMove =
  /** Goes to a neighbour. */
  | { readonly kind: "go"; readonly to: "left" | "right" | "up" | "down" }
  /** Goes a screen up or down. */
  | { readonly kind: "leaf"; readonly to: "up" | "down" }
  /** Goes to the cell at a place of the map's part that is seen, labels counted. */
  | { readonly kind: "point"; readonly column: number; readonly row: number }
  /** Goes to where ksmd is. */
  | { readonly kind: "ksmd" }
  /** Looks at fewer pages, or more, a cell. */
  | { readonly kind: "look"; readonly closer: boolean };

/** What the map shows of. */
type MapState = Pick<
  DashboardState,
  "snapshot" | "screen" | "mapCursor" | "mapScale" | "mapTop"
>;

/** What is remembered of the map. */
type MapMemory = Pick<MapState, "mapCursor" | "mapScale" | "mapTop">;

/** The map as it is seen. */
export interface MapSight {
  /** Its places on the screen. */
  readonly places: MapPlaces;
  /** All rows. */
  readonly map: ZoomedMap;
  /** The first row that is seen. */
  readonly top: number;
}

/** What a state shows of the map. */
export function mapSight(state: MapState): MapSight {
  const { snapshot: { processes }, mapScale, mapCursor, mapTop } = state;
  const places = mapPlaces(state.screen);
  const map = new ZoomedMap(processes, places.map, mapScale);
  const seen = places.map.rows;
  const row = map.cellOf(mapCursor)?.row ?? mapTop;
  return { places, map, top: scrolledTo(mapTop, row, seen, map.rows) };
}

/** The page that the user looks at first: where ksmd is, or the first there is. */
export function enteredMap(state: MapState): MapMemory {
  const { map } = mapSight(state);
  const { mapCursor, mapScale, mapTop, snapshot: { ksmd } } = state;
  if (map.cellOf(mapCursor) !== undefined) {
    return { mapCursor, mapScale, mapTop };
  }
  const cursor = map.cellOf(ksmd.cursor) === undefined
    ? map.start
    : ksmd.cursor;
  return { mapCursor: cursor, mapScale, mapTop };
}

/** What is remembered of the map after what is shown has changed: where the user's page is gone, the one that has come to stand in its place; none does while there are no pages at all. */
export function keptOnMap(before: MapState, after: MapState): MapMemory {
  const { mapCursor, mapScale, mapTop } = after;
  const kept = { mapCursor, mapScale, mapTop };
  const { map } = mapSight(after);
  if (mapCursor === undefined || map.cellOf(mapCursor) !== undefined) {
    return kept;
  }
  const { map: old } = mapSight(before);
  const { row, column } = old.cellOf(mapCursor) ?? { row: 0, column: 0 };
  return { ...kept, mapCursor: map.nearest({ row, column }) ?? mapCursor };
}

/** The cursor after a move. */
function cursorAfter(
  state: MapState,
  { map, top, places }: MapSight,
  move: Exclude<MapMove, { readonly kind: "look" }>,
): DashboardState["mapCursor"] {
  const { mapCursor, snapshot: { ksmd } } = state;
  if (move.kind === "ksmd") {
    return map.cellOf(ksmd.cursor) === undefined ? mapCursor : ksmd.cursor;
  }
  if (move.kind === "point") {
    const column = move.column - map.labelColumns - 1;
    const page = map.pageAt({ row: top + move.row, column });
    return page ?? mapCursor;
  }
  if (mapCursor === undefined) return map.start;
  if (move.kind === "leaf") {
    const rows = Math.max(1, places.map.rows - 1);
    return map.down(mapCursor, move.to === "down" ? rows : -rows);
  }
  switch (move.to) {
    case "left":
      return map.along(mapCursor, -1);
    case "right":
      return map.along(mapCursor, 1);
    case "up":
      return map.down(mapCursor, -1);
    case "down":
      return map.down(mapCursor, 1);
  }
}

/** Half or twice as many pages a cell; as many as let all fit are not remembered by number, so that they go on fitting. */
function scaleAfter({ map }: MapSight, closer: boolean): number | undefined {
  const scale = closer
    ? Math.max(1, Math.floor(map.pagesPerCell / 2))
    : map.pagesPerCell * 2;
  return scale < map.fit ? scale : undefined;
}

/** What is remembered of the map after a move. */
export function movedOnMap(state: MapState, move: MapMove): MapMemory {
  const sight = mapSight(state);
  const after = {
    ...state,
    mapTop: sight.top,
    ...(move.kind === "look"
      ? { mapScale: scaleAfter(sight, move.closer) }
      : { mapCursor: cursorAfter(state, sight, move) }),
  };
  const { mapCursor, mapScale } = after;
  return { mapCursor, mapScale, mapTop: mapSight(after).top };
}
