/**
 * A schedule on the whole screen, to be gone through step by step.
 *
 * @module
 */
import type { Story } from "../../explorer/mod.ts";
import {
  type App,
  ASCII_GLYPHS,
  Box,
  denoTerminal,
  type Element,
  type Ending,
  KeyHelp,
  KeyLegend,
  type KeyMap,
  Overlay,
  run,
  type Screen,
  Text,
  UNICODE_GLYPHS,
} from "../../tui/mod.ts";
import { type Lanes, lanesOf } from "./lanes.ts";
import type { Page } from "./page.ts";
import { endOf } from "./schedule_print.ts";

/** Where the user is. */
export interface StepperState {
  /** Steps that have been made. */
  readonly at: number;
  /** Whether the keys are explained. */
  readonly help: boolean;
  /** Whether the user has asked to leave. */
  readonly left: boolean;
  /** Something to say to the user. */
  readonly note: string;
}

/** What can happen. */
export type StepperMessage =
  | { readonly kind: "move"; readonly by: number }
  | { readonly kind: "help" }
  | { readonly kind: "close" }
  | { readonly kind: "quit" }
  | { readonly kind: "note"; readonly text: string };

/** Steps that a page key moves by. */
const PAGE_STEPS = 10;

const KEYS: KeyMap<StepperMessage> = [
  {
    keys: ["down", "right", "j", "l", "space"],
    does: "one step on",
    legend: "step",
    message: { kind: "move", by: 1 },
  },
  {
    keys: ["up", "left", "k", "h"],
    does: "one step back",
    legend: "back",
    message: { kind: "move", by: -1 },
  },
  {
    keys: ["home"],
    does: "to the beginning",
    legend: "begin",
    message: { kind: "move", by: -Infinity },
  },
  {
    keys: ["end"],
    does: "to the end",
    legend: "end",
    message: { kind: "move", by: Infinity },
  },
  {
    keys: ["pagedown"],
    does: `${PAGE_STEPS} steps on`,
    message: { kind: "move", by: PAGE_STEPS },
  },
  {
    keys: ["pageup"],
    does: `${PAGE_STEPS} steps back`,
    message: { kind: "move", by: -PAGE_STEPS },
  },
  {
    keys: ["q"],
    does: "quit (so does ctrl+c)",
    legend: "quit",
    message: { kind: "quit" },
  },
  {
    keys: ["?"],
    does: "open or close this help",
    legend: "help",
    message: { kind: "help" },
  },
  { keys: ["escape"], does: "close this help", message: { kind: "close" } },
];

/** Shows a story on this process's terminal until the user leaves. It needs no permission. */
export function runStepper(
  story: Story,
  title: string,
  { ascii, color }: Page,
): Promise<Ending> {
  const glyphs = ascii ? ASCII_GLYPHS : UNICODE_GLYPHS;
  const app = stepperApp(story, title, ascii);
  return run(app, denoTerminal(), { color, glyphs });
}

/** The app that shows a story, from its beginning. */
export function stepperApp(
  story: Story,
  title: string,
  ascii: boolean,
): App<StepperState, StepperMessage> {
  const steps = story.lines.length;
  return {
    init: { at: 0, help: false, left: false, note: "" },
    update: (state, message) => update(state, message, steps),
    view: (state, screen) => view(state, screen, { story, title, ascii }),
    keys: () => KEYS,
    ended: ({ left }) => left,
    on: (event) =>
      event.kind === "suspend-denied"
        ? { kind: "note", text: "Ctrl-Z needs --allow-run" }
        : undefined,
  };
}

function update(
  state: StepperState,
  message: StepperMessage,
  steps: number,
): StepperState {
  switch (message.kind) {
    case "move": {
      const at = Math.min(steps, Math.max(0, state.at + message.by));
      return { ...state, at, note: "" };
    }
    case "help":
      return { ...state, help: !state.help };
    case "close":
      return { ...state, help: false };
    case "quit":
      return { ...state, left: true };
    case "note":
      return { ...state, note: message.text };
  }
}

/** What does not change. */
interface Shown {
  readonly story: Story;
  readonly title: string;
  readonly ascii: boolean;
}

/** Rows for title, headings, state, end, and keys. */
const FIXED_ROWS = 5;

function view(
  state: StepperState,
  { columns, rows }: Screen,
  { ascii, story, title }: Shown,
): Element {
  const lanes = lanesOf(story, { columns, ascii });
  const isRoomy = rows > FIXED_ROWS;
  const { at, help, note } = state;
  return (
    <Box flexDirection="column" flexGrow={1}>
      {isRoomy && <Text bold wrap="truncate">{title}</Text>}
      {isRoomy && <Text dim wrap="truncate">{lanes.header}</Text>}
      <Steps lanes={lanes} at={at} rows={isRoomy ? rows - FIXED_ROWS : 1} />
      <Box flexGrow={1} />
      {rows > 1 && <Text wrap="truncate">{stateLine(story, at)}</Text>}
      {isRoomy && <End story={story} at={at} />}
      {rows > 2 && (
        <Box height={1} flexShrink={0}>
          <KeyLegend keys={KEYS} />
          <Text dim wrap="truncate">{note}</Text>
        </Box>
      )}
      {help && (
        <Overlay title="Keys">
          <KeyHelp keys={KEYS} />
        </Overlay>
      )}
    </Box>
  );
}

/** The last rows that are reached, the present one inverted. */
function Steps(
  { lanes, at, rows }: {
    readonly lanes: Lanes;
    readonly at: number;
    readonly rows: number;
  },
): Element {
  const first = Math.max(0, at + 1 - rows);
  return (
    <Box flexDirection="column" flexShrink={0}>
      {lanes.rows.slice(first, at + 1).map((row, index) => (
        <Text wrap="truncate" inverse={first + index === at}>{row}</Text>
      ))}
    </Box>
  );
}

/** Where one is, and all of the state there. */
function stateLine({ before, columns, lines }: Story, at: number): string {
  const state = at === 0 ? before : lines[at - 1].state;
  const cells = columns.map((heading, column) =>
    `${heading}: ${state[column]}`
  );
  return `step ${at} of ${lines.length}  ${cells.join("  ")}`;
}

/** What it comes to, at the last step. */
function End({ story, at }: { readonly story: Story; readonly at: number }) {
  if (at < story.lines.length) return <Box height={1} flexShrink={0} />;
  const color = story.failure === undefined ? "green" : "red";
  return <Text color={color} wrap="truncate">{endOf(story)}</Text>;
}
