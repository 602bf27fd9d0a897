/**
 * The whole screen: a plan, and the panels where it puts them.
 *
 * @module
 */
import { Box, type Element, type Screen, Text } from "../../tui/mod.ts";
import { lineCount } from "../lock_lines.ts";
import { wantedRows } from "../page_map.ts";
import { type Plan, planFor, SIDES } from "../plan.ts";
import type { DashboardState } from "../state.ts";
import { symbolsFor } from "../symbols.ts";
import { footerHeading } from "./footer.ts";
import { Band, type Scene } from "./frame.tsx";
import { headerHeading } from "./header.ts";
import { DialogPanel, FilterLine, PromptLine } from "./dialog.tsx";
import { Line } from "./line.tsx";
import { Narrow } from "./narrow.tsx";
import { Rule } from "./rule.ts";
import { answerWall } from "./page_map_detail.tsx";
import { Wide } from "./wide.tsx";
import { Zoomed } from "./zoomed.tsx";

function Caption({ state, rows }: Scene): Element {
  return (
    <Band height={rows.caption}>
      <Text wrap="truncate">{state.defect ?? state.caption}</Text>
    </Band>
  );
}

/** The plan for a state on a screen. */
function planOf(
  { snapshot, caption, defect }: DashboardState,
  screen: Screen,
): Plan {
  const { processes, locks, actors = [], nodeTrees = [] } = snapshot;
  const seesPages = processes.some(({ regions }) => regions.length > 0);
  return planFor(screen, {
    caption: caption !== undefined || defect !== undefined,
    map: seesPages || processes.length === 0,
    mapRows: wantedRows(processes, screen.columns - SIDES),
    processes: processes.length,
    lockLines: lineCount(locks),
    actors: actors.length,
    nodes: nodeTrees.length,
  });
}

/** Id of the whole screen, from which the app learns its size. */
export const SCREEN = "screen";

/** Props of {@linkcode Dashboard}. */
export interface DashboardProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** What it is shown on. */
  readonly screen: Screen;
}

interface PanelsProps extends DashboardProps {
  readonly plan: Exclude<Plan, { readonly kind: "line" }>;
}

/** Rows of the lines around a zoomed panel: top, its heading, and bottom. */
const ZOOM_FRAME_ROWS = 3;

/** All panels of a plan; or the zoomed one alone. */
function Panels({ state, screen, plan }: PanelsProps): Element {
  const symbols = symbolsFor(screen, state.theme);
  if (state.zoomed !== undefined) {
    const rows = screen.rows - ZOOM_FRAME_ROWS;
    const panel = state.zoomed;
    return <Zoomed {...{ state, panel, symbols, screen, rows }} />;
  }
  const { columns } = screen;
  const scene: Scene = { state, symbols, columns, rows: plan.rows };
  return (
    <>
      {plan.rows.caption > 0 && <Caption {...scene} />}
      {plan.kind === "wide"
        ? <Wide {...scene} left={plan.left} />
        : <Narrow {...scene} />}
    </>
  );
}

/** The column of the wall that stands on the bottom line. */
function wallColumn(
  { zoomed }: DashboardState,
  screen: Screen,
  plan: PanelsProps["plan"],
): number | undefined {
  if (zoomed === "map") return answerWall(screen);
  return plan.kind === "wide" && zoomed === undefined
    ? plan.left + 1
    : undefined;
}

/** The dashboard. */
export function Dashboard({ state, screen }: DashboardProps): Element {
  const symbols = symbolsFor(screen, state.theme);
  const { columns, rows } = screen;
  const plan = planOf(state, screen);
  if (plan.kind === "line") {
    return PromptLine({ state }) ??
      <Line state={state} symbols={symbols} columns={columns} />;
  }
  const wall = wallColumn(state, screen, plan);
  const bottomDivider = wall === undefined
    ? undefined
    : { column: wall, above: true, below: false };
  return (
    <Box id={SCREEN} width={columns} height={rows} flexDirection="column">
      <Rule edge="top" headings={[headerHeading(state, symbols)]} />
      <Panels state={state} screen={screen} plan={plan} />
      {state.dialog?.kind === "filter"
        ? <FilterLine dialog={state.dialog} screen={screen} />
        : (
          <Rule
            edge="bottom"
            headings={[footerHeading(state, symbols)]}
            divider={bottomDivider}
          />
        )}
      {DialogPanel({ state, screen, symbols })}
    </Box>
  );
}
