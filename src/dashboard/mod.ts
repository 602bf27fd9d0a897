/**
 * The dashboard: one screen that tells what KSM is doing, over any source of
 * snapshots.
 *
 * `state` is what it knows, `update` how that changes, `keys` what the user can
 * do, `views` what is to be seen, `plan` where; `live` moves the source.
 * `page_map`, `lock_lines` and `actor_lines` bring what a snapshot holds into the
 * form in which it is shown; `rows` are those lists as the user has filtered and
 * sorted them, and `choice` is the row that the user has chosen. `dialogs` is
 * what lies over the panels, `theme` how all looks, `mouse` what clicks mean.
 *
 * @module
 */
import type { Source } from "../observe/snapshot.ts";
import {
  ASCII_GLYPHS,
  denoTerminal,
  type Ending,
  run,
  terminalDepth,
  UNICODE_GLYPHS,
} from "../tui/mod.ts";
import { dashboardApp, type DashboardPorts } from "./app.ts";
import type { WorkloadChoice } from "./state.ts";
import type { ThemeName } from "./theme_names.ts";

export type { DashboardPorts, OpenedWorkload } from "./app.ts";
export type { Save, SaveAnswer } from "./exports.ts";
export type { WorkloadChoice } from "./state.ts";

/** How the dashboard starts and looks. */
export interface DashboardOptions {
  /** Virtual milliseconds for each millisecond on the wall; `Infinity` is as fast as the computer allows. */
  readonly speed: number;
  /** What to watch in this workload. */
  readonly caption?: string | undefined;
  /** How it looks at first; in the terminal's own colours when missing. */
  readonly theme?: ThemeName | undefined;
  /** The workloads that one can go on with; none when missing. */
  readonly workloads?: readonly WorkloadChoice[];
  /** Whether to use the mouse. */
  readonly mouse: boolean;
  /** Whether to use colours. */
  readonly color: boolean;
  /** Whether to use ASCII characters alone. */
  readonly ascii: boolean;
}

/** Shows a source on this process's terminal until the user leaves. It needs no permission. */
export function runDashboard(
  source: Source,
  options: DashboardOptions,
  ports: DashboardPorts = {},
): Promise<Ending> {
  const { color, ascii, mouse, ...start } = options;
  const terminal = denoTerminal({ mouse });
  const app = dashboardApp(
    source,
    { ...start, hints: true },
    () => terminal.now(),
    ports,
  );
  const glyphs = ascii ? ASCII_GLYPHS : UNICODE_GLYPHS;
  return run(app, terminal, { color, depth: terminalDepth(), glyphs });
}
