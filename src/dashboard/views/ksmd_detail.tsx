/**
 * The zoomed KSMD: the scanning thread, all actors, and one of them in full.
 *
 * @module
 */
import type { Snapshot } from "../../observe/snapshot.ts";
import type { Element } from "../../tui/mod.ts";
import { type ActorLine, actorLines } from "../actor_lines.ts";
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
import { KsmdPace, PACE_HEADING, paceRows } from "./ksmd_pace.tsx";
import { Rule } from "./rule.ts";

const KSMD_ROWS = 3;
const ACTORS_ROWS_MIN = 5;
/** Fewer rows of PACE tell too little. */
const PACE_ROWS_MIN = 2;
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

/** Rows of the parts of the zoomed KSMD, headings not counted; 0 is not there. */
interface Parts {
  readonly ksmd: number;
  readonly pace: number;
  readonly actors: number;
  readonly actor: number;
}

/** KSMD and ACTORS are always there where actors can be seen; then comes the chosen actor, then as much of PACE as there is room for. */
function partsOf({ state, columns, rows }: KsmdDetailProps): Parts {
  const wanted = paceRows(state, columns);
  const { length: count } = actorLines(state.snapshot);
  if (count === 0) {
    const ksmd = Math.min(KSMD_ROWS, rows);
    const pace = Math.max(0, Math.min(wanted, rows - ksmd - 1));
    return { ksmd: pace > 0 ? ksmd : rows, pace, actors: 0, actor: 0 };
  }
  const ksmd = Math.min(KSMD_ROWS, Math.max(1, rows - ACTORS_ROWS_MIN - 1));
  const actor = rows < DETAIL_SCREEN_ROWS ? 0 : ACTOR_DETAIL_ROWS;
  const left = rows - ksmd - 1 - (actor > 0 ? 1 + actor : 0);
  const list = Math.min(1 + count, Math.max(ACTORS_ROWS_MIN, left >> 1));
  const room = left - list - 1;
  const pace = room < PACE_ROWS_MIN ? 0 : Math.min(wanted, room);
  const actors = left - (pace > 0 ? 1 + pace : 0);
  return { ksmd, pace, actors, actor };
}

/** KSMD as in its panel; below it its pace and, where they can be seen, all actors. */
export function KsmdDetail(props: KsmdDetailProps): Element {
  const { state, columns, rows, symbols } = props;
  const { snapshot } = state;
  const parts = partsOf(props);
  const lines = actorRows(state);
  const selected = chosenIndex(
    lines.map(({ actor }) => actor.name),
    state.chosen,
  );
  const line = lines.at(selected);
  const below = rows - parts.ksmd - 1 - parts.pace;
  return (
    <>
      <Band height={parts.ksmd}>
        <Ksmd state={state} symbols={symbols} />
      </Band>
      {parts.pace > 0 && (
        <>
          <Rule edge="middle" headings={[PACE_HEADING]} />
          <Band height={parts.actors > 0 ? parts.pace : parts.pace + below}>
            <KsmdPace {...{ state, columns, symbols }} rows={parts.pace} />
          </Band>
        </>
      )}
      {parts.actors > 0 && (
        <>
          <Rule edge="middle" headings={[actorsHeading(snapshot, symbols)]} />
          <Band height={parts.actors}>
            <Actors
              state={state}
              symbols={symbols}
              selected={selected}
            />
          </Band>
        </>
      )}
      {parts.actor > 0 && (
        <ChosenActor snapshot={snapshot} line={line} symbols={symbols} />
      )}
    </>
  );
}

interface ChosenActorProps {
  readonly snapshot: Snapshot;
  readonly line: ActorLine | undefined;
  readonly symbols: Symbols;
}

/** The chosen actor in full; its place stays empty where none passes the filter. */
function ChosenActor({ snapshot, line, symbols }: ChosenActorProps): Element {
  if (line === undefined) return <Band height={1 + ACTOR_DETAIL_ROWS} />;
  return (
    <>
      <Rule edge="middle" headings={[actorHeading(line)]} />
      <Band height={ACTOR_DETAIL_ROWS}>
        <ActorDetail snapshot={snapshot} line={line} symbols={symbols} />
      </Band>
    </>
  );
}
