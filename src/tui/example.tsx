/**
 * An app that shows the toolkit: it keeps the hours of a day, task by task. To
 * try it: `deno run src/tui/example.tsx`. At the end it prints the day.
 *
 * `example/state` is what it knows and how that changes, `example/keys` what
 * the user can do, `example/view` what is to be seen, and `example/report` what
 * it makes of its tasks. All of it is pure: only the last lines here touch a
 * terminal.
 *
 * @module
 */
import { activeKeys, messageOf } from "./example/keys.ts";
import { dayReport } from "./example/report.ts";
import { type Hours, type Message, MORNING, update } from "./example/state.ts";
import { view } from "./example/view.tsx";
import {
  type App,
  denoTerminal,
  hasTerminal,
  run,
  TERMINAL_THEME,
  terminalDepth,
  type Theme,
  UNICODE_GLYPHS,
  wantsColor,
} from "./mod.ts";

/** Other colours, for terminals that have them. */
const RICH_THEME: Theme = {
  ...TERMINAL_THEME,
  focus: { color: "yellow", bold: true, rich: { color: "#ffb454" } },
  accent: { color: "magenta", rich: { color: "#d2a6ff" } },
};

/** The example. */
export const example: App<Hours, Message> = {
  init: MORNING,
  update,
  view,
  keys: activeKeys,
  ended: (hours) => hours.left,
  tick: { millis: 1000, message: { kind: "second" } },
  on: messageOf,
  focused: (hours) => hours.focus,
  theme: (hours) => hours.rich ? RICH_THEME : TERMINAL_THEME,
};

if (import.meta.main) {
  if (!hasTerminal()) throw new Error("the example needs a terminal");
  let last = MORNING;
  const watched: App<Hours, Message> = {
    ...example,
    perform: (_, hours) => {
      last = hours;
    },
  };
  const ending = await run(watched, denoTerminal({ mouse: true }), {
    color: wantsColor(),
    depth: terminalDepth(),
    glyphs: UNICODE_GLYPHS,
  });
  if (ending.kind === "error") throw ending.error;
  const report = dayReport(last.tasks);
  if (report !== "") console.log(report);
}
