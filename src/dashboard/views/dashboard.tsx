/**
 * The whole screen: a plan, and the panels where it puts them.
 *
 * @module
 */
import {
  Box,
  type Children,
  type Element,
  type Screen,
  Text,
} from "../../tui/mod.ts";
import { pageMap, wantedRows } from "../page_map.ts";
import { type Plan, planFor, type Rows } from "../plan.ts";
import type { DashboardState } from "../state.ts";
import { type Symbols, symbolsFor } from "../symbols.ts";
import { Events, EVENTS_HEADING } from "./events.tsx";
import { footerHeading } from "./footer.ts";
import { headerHeading } from "./header.ts";
import { Help } from "./help.tsx";
import { Ksmd, KSMD_HEADING } from "./ksmd.tsx";
import { Line } from "./line.tsx";
import { Memory, memoryHeading } from "./memory.tsx";
import { pageMapHeading, PageMapPanel } from "./page_map.tsx";
import { Processes, PROCESSES_HEADING } from "./processes.tsx";
import { Rule, Wall } from "./rule.ts";
import { Trees, TREES_HEADING } from "./trees.tsx";

/** Columns that walls and the space beside them take. */
const SIDES = 4;

/** What all parts of the screen are made from. */
interface Scene {
  readonly state: DashboardState;
  readonly symbols: Symbols;
  readonly columns: number;
  readonly rows: Rows;
}

function Panel(props: {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly children?: Children;
}): Element {
  const { width, height, children } = props;
  return (
    <Box
      width={width}
      height={height}
      flexGrow={width === undefined ? 1 : 0}
      flexShrink={height === undefined ? 1 : 0}
      flexDirection="column"
      paddingX={1}
      overflow="hidden"
    >
      {children}
    </Box>
  );
}

/** One panel between the outer walls. */
function Band(props: {
  readonly height: number;
  readonly children?: Children;
}): Element {
  return (
    <Box height={props.height} flexShrink={0}>
      <Wall />
      <Panel>{props.children}</Panel>
      <Wall />
    </Box>
  );
}

function Caption({ state, rows }: Scene): Element {
  return (
    <Band height={rows.caption}>
      <Text wrap="truncate">{state.caption}</Text>
    </Band>
  );
}

function MapBand(
  scene: Scene & { readonly divider: Parameters<typeof Rule>[0]["divider"] },
): Element {
  const { state, symbols, columns, rows, divider } = scene;
  const { processes, ksmd } = state.snapshot;
  const map = pageMap(processes, ksmd.cursor, columns - SIDES, rows.map);
  return (
    <>
      <Rule
        edge="middle"
        headings={[pageMapHeading(map, ksmd, symbols)]}
        divider={divider}
      />
      <Band height={rows.map}>
        <PageMapPanel map={map} />
      </Band>
    </>
  );
}

/** Panels in two columns. */
function Wide(scene: Scene & { readonly left: number }): Element {
  const { state, symbols, columns, rows, left } = scene;
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
        <MapBand {...scene} divider={{ column, above: true, below: false }} />
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

/** A panel in one column with its heading. */
function Section(props: {
  readonly heading: Parameters<typeof Rule>[0]["headings"][number];
  readonly rows: number;
  readonly children?: Children;
}): Element {
  return (
    <>
      <Rule edge="middle" headings={[props.heading]} />
      <Band height={props.rows}>{props.children}</Band>
    </>
  );
}

/** Panels in one column. */
function Narrow(scene: Scene): Element {
  const { state, symbols, columns, rows } = scene;
  const { snapshot } = state;
  return (
    <>
      <Section heading={memoryHeading(snapshot)} rows={rows.memory}>
        <Memory snapshot={snapshot} symbols={symbols} rows={rows.memory} />
      </Section>
      {rows.trees > 0 && (
        <Section heading={TREES_HEADING} rows={rows.trees}>
          <Trees state={state} columns={columns - SIDES} rows={rows.trees} />
        </Section>
      )}
      {rows.map > 0 && <MapBand {...scene} divider={undefined} />}
      <Section heading={KSMD_HEADING} rows={rows.ksmd}>
        <Ksmd snapshot={snapshot} />
      </Section>
      {rows.processes > 0 && (
        <Section heading={PROCESSES_HEADING} rows={rows.processes}>
          <Processes snapshot={snapshot} />
        </Section>
      )}
      {rows.events > 0 && (
        <Section heading={EVENTS_HEADING} rows={rows.events}>
          <Events
            snapshot={snapshot}
            symbols={symbols}
            columns={columns - SIDES}
            rows={rows.events}
          />
        </Section>
      )}
    </>
  );
}

/** The plan for a state on a screen. */
function planOf({ snapshot, caption }: DashboardState, screen: Screen): Plan {
  const { processes } = snapshot;
  const seesPages = processes.some(({ regions }) => regions.length > 0);
  return planFor(screen, {
    caption: caption !== undefined,
    map: seesPages || processes.length === 0,
    mapRows: wantedRows(processes, screen.columns - SIDES),
    processes: processes.length,
  });
}

/** Props of {@linkcode Dashboard}. */
export interface DashboardProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** What it is shown on. */
  readonly screen: Screen;
}

/** The dashboard. */
export function Dashboard({ state, screen }: DashboardProps): Element {
  const symbols = symbolsFor(screen.glyphs);
  const { columns, rows } = screen;
  const plan = planOf(state, screen);
  if (plan.kind === "line") {
    return <Line state={state} symbols={symbols} columns={columns} />;
  }
  const scene: Scene = { state, symbols, columns, rows: plan.rows };
  const bottomDivider = plan.kind === "wide"
    ? { column: plan.left + 1, above: true, below: false }
    : undefined;
  return (
    <Box width={columns} height={rows} flexDirection="column">
      <Rule edge="top" headings={[headerHeading(state, symbols)]} />
      {plan.rows.caption > 0 && <Caption {...scene} />}
      {plan.kind === "wide"
        ? <Wide {...scene} left={plan.left} />
        : <Narrow {...scene} />}
      <Rule
        edge="bottom"
        headings={[footerHeading(state.notice)]}
        divider={bottomDivider}
      />
      {state.help && <Help screen={screen} />}
    </Box>
  );
}
