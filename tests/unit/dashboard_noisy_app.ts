/**
 * The dashboard, which cannot be left by its own key, to see what noise does to the
 * terminal. How it ended is printed at the end.
 *
 * @module
 */
import { dashboardApp } from "../../src/dashboard/app.ts";
import { denoTerminal, run, UNICODE_GLYPHS } from "../../src/tui/mod.ts";
import { noisyTimeline } from "../property/noisy_machine.ts";

if (import.meta.main) {
  const terminal = denoTerminal({ mouse: true });
  const app = dashboardApp(
    noisyTimeline(),
    { speed: 1, workloads: [{ name: "again", title: "the same once more" }] },
    () => terminal.now(),
    {
      open: () => ({ source: noisyTimeline() }),
      save: () => ({ kind: "written" }),
    },
  );
  const endless = { ...app, ended: () => false };
  const rendering = { color: true, glyphs: UNICODE_GLYPHS };
  const ending = await run(endless, terminal, rendering);
  console.log(`ended=${ending.kind};`);
}
