/**
 * What both layouts are built from: places between walls.
 *
 * @module
 */
import { Box, type Children, type Element } from "../../tui/mod.ts";
import type { LocksView } from "../../observe/snapshot.ts";
import { type Rows, SIDES } from "../plan.ts";
import type { PanelName } from "../panels.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { pageMap } from "../page_map.ts";
import { titled } from "./focus.ts";
import { Locks, locksHeading } from "./locks.tsx";
import { pageMapHeading, PageMapPanel } from "./page_map.tsx";
import { type Divider, Rule, Wall } from "./rule.ts";

/** What all parts of the screen are made from. */
export interface Scene {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The characters to draw with. */
  readonly symbols: Symbols;
  /** Columns of the screen. */
  readonly columns: number;
  /** Rows of the panels. */
  readonly rows: Rows;
}

/** Props of {@linkcode Panel}. */
export interface PanelProps {
  /** Its name, if the focus can go to it. */
  readonly name?: PanelName | undefined;
  /** Its columns; as many as there are when missing. */
  readonly width?: number | undefined;
  /** Its rows; as many as there are when missing. */
  readonly height?: number | undefined;
  /** What it shows. */
  readonly children?: Children;
}

/** The place of a panel between two walls. */
export function Panel(props: PanelProps): Element {
  const { name, width, height, children } = props;
  return (
    <Box
      id={name}
      focusable={name !== undefined}
      width={width}
      height={height}
      flexGrow={width === undefined ? 1 : 0}
      flexShrink={width === undefined && height === undefined ? 1 : 0}
      flexDirection="column"
      paddingX={1}
      overflow="hidden"
    >
      {children}
    </Box>
  );
}

/** Props of {@linkcode Band}. */
export interface BandProps {
  /** Its name, if the focus can go to it. */
  readonly name?: PanelName | undefined;
  /** Its rows. */
  readonly height: number;
  /** What it shows. */
  readonly children?: Children;
}

/** One panel between the outer walls. */
export function Band(props: BandProps): Element {
  return (
    <Box height={props.height} flexShrink={0}>
      <Wall />
      <Panel name={props.name}>{props.children}</Panel>
      <Wall />
    </Box>
  );
}

/** Props of a panel over the whole width. */
export interface WholeWidthProps extends Scene {
  /** The wall above it, if there is one in the middle. */
  readonly divider?: Divider | undefined;
}

/** PAGE MAP over the whole width, with its heading. */
export function MapBand(props: WholeWidthProps): Element {
  const { state, symbols, columns, rows, divider } = props;
  const { processes, ksmd } = state.snapshot;
  const map = pageMap(processes, ksmd.cursor, columns - SIDES, rows.map);
  return (
    <>
      <Rule
        edge="middle"
        headings={[
          titled(state, "map", pageMapHeading(map, ksmd, symbols), symbols),
        ]}
        divider={divider}
      />
      <Band name="map" height={rows.map}>
        <PageMapPanel map={map} symbols={symbols} />
      </Band>
    </>
  );
}

/** Props of {@linkcode LocksBand}. */
export interface LocksBandProps extends WholeWidthProps {
  /** The locks. */
  readonly locks: LocksView;
}

/** LOCKS over the whole width, with its heading. */
export function LocksBand(props: LocksBandProps): Element {
  const { state, locks, symbols, columns, rows, divider } = props;
  const inside = columns - SIDES;
  const plain = locksHeading(state, symbols, inside, rows.locks);
  const heading = titled(state, "locks", plain, symbols);
  return (
    <>
      <Rule edge="middle" headings={[heading]} divider={divider} />
      <Band name="locks" height={rows.locks}>
        <Locks
          state={state}
          locks={locks}
          symbols={symbols}
          columns={inside}
          rows={rows.locks}
        />
      </Band>
    </>
  );
}
