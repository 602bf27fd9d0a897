/**
 * The dashboard: one screen that tells what KSM is doing, over any source of
 * snapshots.
 *
 * `state` is what it knows, `update` how that changes, `keys` what the user can
 * do, `views` what is to be seen, `plan` where; `live` moves the source.
 * `page_map`, `lock_lines` and `actor_lines` bring what a snapshot holds into the
 * form in which it is shown; `choice` is the row that the user has chosen.
 *
 * @module
 */
import type { Source } from "../observe/snapshot.ts";
import {
  ASCII_GLYPHS,
  denoTerminal,
  type Ending,
  run,
  UNICODE_GLYPHS,
} from "../tui/mod.ts";
import { dashboardApp } from "./app.ts";

/** How the dashboard starts and looks. */
export interface DashboardOptions {
  /** Virtual milliseconds for each millisecond on the wall; `Infinity` is as fast as the computer allows. */
  readonly speed: number;
  /** What to watch in this workload. */
  readonly caption?: string;
  /** Whether to use colours. */
  readonly color: boolean;
  /** Whether to use ASCII characters alone. */
  readonly ascii: boolean;
}

/** Shows a source on this process's terminal until the user leaves. It needs no permission. */
export function runDashboard(
  source: Source,
  options: DashboardOptions,
): Promise<Ending> {
  const { color, ascii, ...start } = options;
  const terminal = denoTerminal();
  const app = dashboardApp(source, start, () => terminal.now());
  const glyphs = ascii ? ASCII_GLYPHS : UNICODE_GLYPHS;
  return run(app, terminal, { color, glyphs });
}
