/**
 * A recording of the dashboard in asciinema's format, version 2: a header, and what
 * was written to the terminal with the seconds since the start, a line each.
 *
 * https://docs.asciinema.org/manual/asciicast/v2/
 *
 * @module
 */
import { show } from "./show.ts";

const SIZE = { columns: 100, rows: 30 } as const;

const SCENE = "demo-vms";

/** What the user does: keys, and milliseconds until the next one. */
const SCRIPT: readonly (readonly [key: string, millis: number])[] = [
  ["space", 800],
  ["b", 400],
  ["space", 1000],
  ["2", 1200],
  ["3", 600],
  ["c", 1200],
  ["4", 1000],
  ["escape", 800],
  ["[", 400],
  ["[", 400],
  ["N", 800],
  ["]", 400],
  ["?", 1200],
  ["escape", 600],
  ["q", 0],
];

/** Milliseconds before the first key. */
const START_MILLIS = 1500;

/** Milliseconds from one look at the terminal to the next. */
const LOOK_MILLIS = 50;

/** The recording, line by line. */
export function recording(): string {
  const screen = show(SCENE, SIZE);
  const { terminal } = screen;
  const events: string[] = [];
  let seen = 0;
  const look = () => {
    const text = terminal.written.slice(seen).join("");
    seen = terminal.written.length;
    if (text === "") return;
    events.push(JSON.stringify([terminal.now() / 1000, "o", text]));
  };
  const wait = (millis: number) => {
    for (let passed = 0; passed < millis; passed += LOOK_MILLIS) {
      screen.advance(LOOK_MILLIS);
      look();
    }
  };
  look();
  wait(START_MILLIS);
  for (const [key, millis] of SCRIPT) {
    screen.press(key);
    wait(millis);
  }
  const header = {
    version: 2,
    width: SIZE.columns,
    height: SIZE.rows,
    title: `ksmscope ${SCENE}`,
    env: { TERM: "xterm-256color" },
  };
  return [JSON.stringify(header), ...events].map((line) => `${line}\n`).join(
    "",
  );
}
