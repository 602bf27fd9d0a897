/**
 * Panels in two columns.
 *
 * @module
 */
import { Box, type Element } from "../../tui/mod.ts";
import { Actors, actorsHeading } from "./actors.tsx";
import { Events, EVENTS_HEADING } from "./events.tsx";
import { SIDES } from "../plan.ts";
import { titled } from "./focus.ts";
import { LocksBand, MapBand, Panel, type Scene } from "./frame.tsx";
import { Ksmd, ksmdHeading } from "./ksmd.tsx";
import { Memory, memoryHeading } from "./memory.tsx";
import { Processes, PROCESSES_HEADING } from "./processes.tsx";
import { Rule, Wall } from "./rule.ts";
import { Trees, TREES_HEADING } from "./trees.tsx";

/** Props of {@linkcode Wide}. */
export interface WideProps extends Scene {
  /** Columns inside the left one. */
  readonly left: number;
}

/** KSMD, ACTORS and PROCESSES, one below the other. */
function LeftPanels({ state, symbols, rows, left }: WideProps): Element {
  const { snapshot } = state;
  return (
    <Box width={left} flexShrink={0} flexDirection="column">
      <Panel name="ksmd" height={rows.ksmd}>
        <Ksmd state={state} symbols={symbols} />
      </Panel>
      {rows.actors > 0 && (
        <>
          <Rule edge="inner" headings={[actorsHeading(snapshot, symbols)]} />
          <Panel height={rows.actors}>
            <Actors state={state} symbols={symbols} />
          </Panel>
        </>
      )}
      {rows.processes > 0 && (
        <>
          <Rule
            edge="inner"
            headings={[
              titled(state, "processes", PROCESSES_HEADING, symbols),
            ]}
          />
          <Panel name="processes" height={rows.processes}>
            <Processes state={state} symbols={symbols} />
          </Panel>
        </>
      )}
    </Box>
  );
}

/** The rows of lines between the panels on the left. */
function jointsOf({ ksmd, actors, processes }: Scene["rows"]): number[] {
  const below = actors > 0 ? [ksmd, ksmd + 1 + actors] : [ksmd];
  return processes > 0 ? below : [];
}

/** MEMORY beside TREES. */
function UpperPanels(props: WideProps): Element {
  const { state, symbols, columns, rows, left } = props;
  const { snapshot } = state;
  const right = columns - left - 1 - SIDES;
  return (
    <>
      <Rule
        edge="middle"
        headings={[
          titled(state, "memory", memoryHeading(snapshot, symbols), symbols),
          titled(state, "trees", TREES_HEADING, symbols),
        ]}
        divider={{ column: left + 1, above: false, below: true }}
      />
      <Box height={rows.memory} flexShrink={0}>
        <Wall />
        <Panel name="memory" width={left}>
          <Memory snapshot={snapshot} symbols={symbols} rows={rows.memory} />
        </Panel>
        <Wall />
        <Panel name="trees">
          <Trees
            state={state}
            columns={right}
            rows={rows.memory}
            symbols={symbols}
          />
        </Panel>
        <Wall />
      </Box>
    </>
  );
}

/** KSMD, ACTORS and PROCESSES beside EVENTS. */
function LowerPanels(props: WideProps): Element {
  const { state, symbols, columns, rows, left } = props;
  const ksmd = ksmdHeading(state.snapshot, symbols, rows.locks);
  const above = rows.map === 0 && rows.locks === 0;
  const joints = jointsOf(rows);
  return (
    <>
      <Rule
        edge="middle"
        headings={[
          titled(state, "ksmd", ksmd, symbols),
          titled(state, "events", EVENTS_HEADING, symbols),
        ]}
        divider={{ column: left + 1, above, below: true }}
      />
      <Box height={rows.events} flexShrink={0}>
        <Wall joints={joints} />
        <LeftPanels {...props} />
        <Wall joints={joints} side="left" />
        <Panel name="events">
          <Events
            state={state}
            symbols={symbols}
            columns={columns - left - 1 - SIDES}
            rows={rows.events}
          />
        </Panel>
        <Wall />
      </Box>
    </>
  );
}

/** MEMORY beside TREES, PAGE MAP, LOCKS, and KSMD, ACTORS and PROCESSES beside EVENTS. */
export function Wide(props: WideProps): Element {
  const { state: { snapshot: { locks } }, rows, left } = props;
  const fromAbove = { column: left + 1, above: true, below: false };
  return (
    <>
      <UpperPanels {...props} />
      {rows.map > 0 && <MapBand {...props} divider={fromAbove} />}
      {rows.locks > 0 && locks && (
        <LocksBand
          {...props}
          locks={locks}
          divider={rows.map > 0 ? undefined : fromAbove}
        />
      )}
      <LowerPanels {...props} />
    </>
  );
}
