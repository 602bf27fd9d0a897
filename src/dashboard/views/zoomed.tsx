/**
 * One panel on the whole screen, with what only fits there.
 *
 * @module
 */
import { Box, type Element, Text } from "../../tui/mod.ts";
import { pageMap } from "../page_map.ts";
import { PANEL_TITLES, type PanelName } from "../panels.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { Events } from "./events.tsx";
import { Band, SIDES } from "./frame.tsx";
import { ksmdHeading } from "./ksmd.tsx";
import { KsmdDetail } from "./ksmd_detail.tsx";
import { LockDetail } from "./lock_detail.tsx";
import { lockTotalsText } from "./locks.tsx";
import { Memory, memoryHeading } from "./memory.tsx";
import { pageMapHeading, PageMapPanel } from "./page_map.tsx";
import { Processes } from "./processes.tsx";
import { type Heading, Rule } from "./rule.ts";
import { TreesDetail } from "./trees_detail.tsx";

/** Props of {@linkcode Zoomed}. */
export interface ZoomedProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The panel. */
  readonly panel: PanelName;
  /** The characters to draw with. */
  readonly symbols: Symbols;
  /** Columns of the screen. */
  readonly columns: number;
  /** Rows inside of the panel. */
  readonly rows: number;
}

/** Rows that MEMORY takes at most: five states and their sum. */
const MEMORY_ROWS = 6;

/** The rows of the map on the whole screen. */
function mapOf({ state, columns, rows }: ZoomedProps) {
  const { processes, ksmd } = state.snapshot;
  return pageMap(processes, ksmd.cursor, columns - SIDES, rows);
}

function headingOf(props: ZoomedProps): Heading {
  const { state: { snapshot }, panel, symbols } = props;
  const start = [{ text: PANEL_TITLES[panel], bold: true }];
  switch (panel) {
    case "memory":
      return memoryHeading(snapshot);
    case "map":
      return pageMapHeading(mapOf(props), snapshot.ksmd, symbols);
    case "locks": {
      if (snapshot.locks === undefined) return [{ start }];
      const totals = [{ text: lockTotalsText(snapshot.locks, symbols) }];
      const ours = { text: `  ${symbols.ours} not in lock_stat`, dim: true };
      return [
        { start: [...start, ours], end: totals },
        { start, end: totals },
        { start },
      ];
    }
    case "trees": {
      const least = { text: "least: levels of a full tree", dim: true };
      return [{ start, end: [least] }, { start }];
    }
    case "ksmd":
      return ksmdHeading(snapshot, symbols, 0);
    default:
      return [{ start }];
  }
}

/** What stands in the panel. */
function Content(props: ZoomedProps): Element {
  const { state, panel, symbols, columns, rows } = props;
  const { snapshot } = state;
  const inside = columns - SIDES;
  switch (panel) {
    case "memory":
      return (
        <Band height={rows}>
          <Box height={Math.min(rows, MEMORY_ROWS)}>
            <Memory snapshot={snapshot} symbols={symbols} rows={rows} />
          </Box>
        </Band>
      );
    case "trees":
      return (
        <Band height={rows}>
          <TreesDetail state={state} rows={rows} />
        </Band>
      );
    case "map":
      return (
        <Band height={rows}>
          <PageMapPanel map={mapOf(props)} />
        </Band>
      );
    case "locks":
      return snapshot.locks === undefined
        ? (
          <Band height={rows}>
            <Text dim>not to be seen from here</Text>
          </Band>
        )
        : (
          <LockDetail
            locks={snapshot.locks}
            chosen={state.chosen}
            columns={inside}
            rows={rows}
            symbols={symbols}
          />
        );
    case "ksmd":
      return (
        <KsmdDetail
          state={state}
          columns={inside}
          rows={rows}
          symbols={symbols}
        />
      );
    case "processes":
      return (
        <Band height={rows}>
          <Processes snapshot={snapshot} />
        </Band>
      );
    case "events":
      return (
        <Band height={rows}>
          <Events
            snapshot={snapshot}
            symbols={symbols}
            columns={inside}
            rows={rows}
          />
        </Band>
      );
  }
}

/** A panel below its heading, and its detail below lines of their own. */
export function Zoomed(props: ZoomedProps): Element {
  return (
    <>
      <Rule edge="middle" headings={[headingOf(props)]} />
      <Content {...props} />
    </>
  );
}
