/**
 * The zoomed KSMD: the scanning thread, all actors, and one of them in full.
 *
 * @module
 */
import type { Element } from "../../tui/mod.ts";
import { actorLines } from "../actor_lines.ts";
import { chosenIndex } from "../choice.ts";
import { actorRows } from "../rows.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import {
  ACTOR_DETAIL_ROWS,
  ActorDetail,
  actorHeading,
} from "./actor_detail.tsx";
import { Actors, actorsHeading } from "./actors.tsx";
import { Band } from "./frame.tsx";
import { Ksmd } from "./ksmd.tsx";
import { Rule } from "./rule.ts";

const KSMD_ROWS = 3;
const ACTORS_ROWS_MIN = 5;
/** Columns from which on there is room for the place where an actor waits. */
const WIDE_COLUMNS = 70;
/** Rows from which on the chosen actor is told in full. */
const DETAIL_SCREEN_ROWS = 14;

/** Props of {@linkcode KsmdDetail}. */
export interface KsmdDetailProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** Columns there are inside. */
  readonly columns: number;
  /** Rows there are. */
  readonly rows: number;
  /** The characters to draw with. */
  readonly symbols: Symbols;
}

/** KSMD as in its panel; below it, where actors can be seen, all of them. */
export function KsmdDetail(props: KsmdDetailProps): Element {
  const { state, columns, rows, symbols } = props;
  const { snapshot, chosen } = state;
  const lines = actorRows(state);
  const selected = chosenIndex(lines.map(({ actor }) => actor.name), chosen);
  const line = lines.at(selected);
  if (actorLines(snapshot).length === 0) {
    return (
      <Band height={rows}>
        <Ksmd snapshot={snapshot} symbols={symbols} />
      </Band>
    );
  }
  const ksmd = Math.min(KSMD_ROWS, Math.max(1, rows - ACTORS_ROWS_MIN - 1));
  const detail = rows < DETAIL_SCREEN_ROWS ? 0 : 1 + ACTOR_DETAIL_ROWS;
  return (
    <>
      <Band height={ksmd}>
        <Ksmd snapshot={snapshot} symbols={symbols} />
      </Band>
      <Rule edge="middle" headings={[actorsHeading(snapshot, symbols)]} />
      <Band height={rows - ksmd - 1 - detail}>
        <Actors
          state={state}
          symbols={symbols}
          doingColumns={columns < WIDE_COLUMNS ? 8 : 28}
          selected={selected}
        />
      </Band>
      {detail > 0 && line !== undefined && (
        <>
          <Rule edge="middle" headings={[actorHeading(line)]} />
          <Band height={ACTOR_DETAIL_ROWS}>
            <ActorDetail snapshot={snapshot} line={line} symbols={symbols} />
          </Band>
        </>
      )}
    </>
  );
}
