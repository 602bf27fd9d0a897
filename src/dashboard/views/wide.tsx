/**
 * Panels in two columns.
 *
 * @module
 */
import { Box, type Element } from "../../tui/mod.ts";
import { Events, EVENTS_HEADING } from "./events.tsx";
import { MapBand, Panel, type Scene, SIDES } from "./frame.tsx";
import { Ksmd, KSMD_HEADING } from "./ksmd.tsx";
import { Memory, memoryHeading } from "./memory.tsx";
import { Processes, PROCESSES_HEADING } from "./processes.tsx";
import { Rule, Wall } from "./rule.ts";
import { Trees, TREES_HEADING } from "./trees.tsx";

/** Props of {@linkcode Wide}. */
export interface WideProps extends Scene {
  /** Columns inside the left one. */
  readonly left: number;
}

/** MEMORY beside TREES, PAGE MAP, and KSMD and PROCESSES beside EVENTS. */
export function Wide(props: WideProps): Element {
  const { state, symbols, columns, rows, left } = props;
  const right = columns - left - 1 - SIDES;
  const { snapshot } = state;
  const column = left + 1;
  const hasMap = rows.map > 0;
  const hasTable = rows.processes > 0;
  const joint = hasTable ? rows.ksmd : undefined;
  return (
    <>
      <Rule
        edge="middle"
        headings={[memoryHeading(snapshot), TREES_HEADING]}
        divider={{ column, above: false, below: true }}
      />
      <Box height={rows.memory} flexShrink={0}>
        <Wall />
        <Panel width={left}>
          <Memory snapshot={snapshot} symbols={symbols} rows={rows.memory} />
        </Panel>
        <Wall />
        <Panel>
          <Trees state={state} columns={right} rows={rows.memory} />
        </Panel>
        <Wall />
      </Box>
      {hasMap && (
        <MapBand {...props} divider={{ column, above: true, below: false }} />
      )}
      <Rule
        edge="middle"
        headings={[KSMD_HEADING, EVENTS_HEADING]}
        divider={{ column, above: !hasMap, below: true }}
      />
      <Box height={rows.events} flexShrink={0}>
        <Wall joint={joint} />
        <Box width={left} flexShrink={0} flexDirection="column">
          <Panel height={rows.ksmd}>
            <Ksmd snapshot={snapshot} />
          </Panel>
          {hasTable && <Rule edge="inner" headings={[PROCESSES_HEADING]} />}
          <Panel height={rows.processes}>
            {hasTable && <Processes snapshot={snapshot} />}
          </Panel>
        </Box>
        <Wall joint={joint} side="left" />
        <Panel>
          <Events
            snapshot={snapshot}
            symbols={symbols}
            columns={right}
            rows={rows.events}
          />
        </Panel>
        <Wall />
      </Box>
    </>
  );
}
