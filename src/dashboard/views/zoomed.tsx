/**
 * One panel on the whole screen, with what only fits there.
 *
 * @module
 */
import { type Element, type Size, Text } from "../../tui/mod.ts";
import { absentText } from "../absence.ts";
import { PANEL_TITLES, type PanelName } from "../panels.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { EventsDetail, eventsDetailHeading } from "./events_detail.tsx";
import { SIDES } from "../plan.ts";
import { titled } from "./focus.ts";
import { Band } from "./frame.tsx";
import { ksmdHeading } from "./ksmd.tsx";
import { KsmdDetail } from "./ksmd_detail.tsx";
import { LockDetail, seenLines } from "./lock_detail.tsx";
import { lockTotalsText, markSpans } from "./locks.tsx";
import { memoryHeading } from "./memory.tsx";
import { MemoryDetail } from "./memory_detail.tsx";
import { PageMapDetail } from "./page_map_detail.tsx";
import { ProcessesDetail } from "./processes_detail.tsx";
import { type Heading, Rule } from "./rule.ts";
import { TreesDetail, treesDetailHeading } from "./trees_detail.tsx";

/** Props of {@linkcode Zoomed}. */
export interface ZoomedProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The panel. */
  readonly panel: PanelName;
  /** The characters to draw with. */
  readonly symbols: Symbols;
  /** The size of the whole screen. */
  readonly screen: Size;
  /** Rows inside of the panel. */
  readonly rows: number;
}

/** Props of all panels but PAGE MAP, which draws its own headings. */
interface ContentProps extends ZoomedProps {
  readonly panel: Exclude<PanelName, "map">;
}

function headingOf(props: ContentProps): Heading {
  const { state, panel, symbols, rows } = props;
  const { snapshot } = state;
  const start = [{ text: PANEL_TITLES[panel], bold: true }];
  switch (panel) {
    case "memory":
      return memoryHeading(snapshot, symbols);
    case "locks": {
      if (snapshot.locks === undefined) return [{ start }];
      const totals = [{ text: lockTotalsText(snapshot.locks, symbols) }];
      const isMarked = seenLines(state, rows)
        .some(({ lockClass }) => lockClass.isOurs);
      const starts = isMarked
        ? markSpans(symbols).map((mark) => [...start, mark])
        : [start];
      return [
        ...starts.map((start) => ({ start, end: totals })),
        ...starts.map((start) => ({ start })),
        { start },
      ];
    }
    case "trees":
      return treesDetailHeading(snapshot);
    case "ksmd":
      return ksmdHeading(snapshot, symbols, 0);
    case "events":
      return eventsDetailHeading(state);
    default:
      return [{ start }];
  }
}

/** What stands in the panel. */
function Content(props: ContentProps): Element {
  const { state, panel, symbols, screen, rows } = props;
  const { snapshot } = state;
  const inside = screen.columns - SIDES;
  switch (panel) {
    case "memory":
      return (
        <MemoryDetail
          state={state}
          columns={inside}
          rows={rows}
          symbols={symbols}
        />
      );
    case "trees":
      return <TreesDetail {...{ state, rows, symbols }} columns={inside} />;
    case "locks":
      return snapshot.locks === undefined
        ? (
          <Band height={rows}>
            <Text dim>{absentText(state)}</Text>
          </Band>
        )
        : (
          <LockDetail
            state={state}
            locks={snapshot.locks}
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
      return <ProcessesDetail {...{ state, rows, symbols }} columns={inside} />;
    case "events":
      return <EventsDetail state={state} rows={rows} symbols={symbols} />;
  }
}

/** A panel below its heading, and its detail below lines of their own. */
export function Zoomed(props: ZoomedProps): Element {
  const { state, panel, screen, symbols } = props;
  if (panel === "map") return <PageMapDetail {...{ state, screen, symbols }} />;
  const plain = headingOf({ ...props, panel });
  const heading = titled(state, panel, plain, symbols);
  return (
    <>
      <Rule edge="middle" headings={[heading]} />
      <Content {...props} panel={panel} />
    </>
  );
}
