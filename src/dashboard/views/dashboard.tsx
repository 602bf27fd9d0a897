/**
 * The whole screen: a plan, and the panels where it puts them.
 *
 * @module
 */
import { Box, type Element, type Screen, Text } from "../../tui/mod.ts";
import { wantedRows } from "../page_map.ts";
import { type Plan, planFor } from "../plan.ts";
import type { DashboardState } from "../state.ts";
import { symbolsFor } from "../symbols.ts";
import { footerHeading } from "./footer.ts";
import { Band, type Scene, SIDES } from "./frame.tsx";
import { headerHeading } from "./header.ts";
import { Help } from "./help.tsx";
import { Line } from "./line.tsx";
import { Narrow } from "./narrow.tsx";
import { Rule } from "./rule.ts";
import { Wide } from "./wide.tsx";

function Caption({ state, rows }: Scene): Element {
  return (
    <Band height={rows.caption}>
      <Text wrap="truncate">{state.caption}</Text>
    </Band>
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
