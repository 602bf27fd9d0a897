/**
 * The knob editor: what each knob is set to, what it sets and takes, and, while
 * somebody types, what would come of writing that.
 *
 * @module
 */
import type { KnobCheck, KnobRefusal } from "../../observe/detail.ts";
import { errnoName } from "../../observe/errno.ts";
import { knobWords } from "../../observe/knob_words.ts";
import {
  Box,
  type Element,
  Overlay,
  Prompt,
  type Screen,
  Table,
  Text,
  type TextStyle,
} from "../../tui/mod.ts";
import {
  chosenKnob,
  type KnobDialog,
  knobNames,
  MENU_ID,
  PROMPT_ID,
  type Refusal,
  takesWrites,
} from "../dialogs.ts";
import { type DashboardState, isInPast, isRecording } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { dialogColumns } from "./menu.tsx";

/** Why a text is refused, in words. */
const WHY: Readonly<Record<KnobRefusal, string>> = {
  "no-such-knob": "there is no such knob",
  "not-a-number": "no number, as sysfs spells it",
  "out-of-range": "out of range",
  "not-a-boolean": "neither 0 nor 1",
  "no-such-mode": "no such mode",
  "advisor-on": "the advisor sets it while it is on",
  "pages-shared": "pages are shared: write 2 to run first",
  "pages-mapped": "somebody still maps a KSM page",
};

/** A line that says how things are, with a sign besides its colour. */
interface Verdict {
  readonly text: string;
  readonly style: TextStyle;
}

/** What would come of a write, by what the source says. */
function checkVerdict(check: KnobCheck, screen: Screen, symbols: Symbols) {
  const { good, bad } = screen.glyphs;
  const { styles } = symbols;
  if (check.outcome === "refused") {
    const text = `${bad} refused, ${check.name}: ${WHY[check.why]}`;
    return { text, style: styles.bad };
  }
  const text = check.isSame
    ? `${good} accepted: it reads ${check.value} already`
    : `${good} accepted: it will read ${check.value}`;
  return { text, style: styles.good };
}

/** A refused write in full, so that it needs no other line beside it. */
function refusalText({ knob, text, errno, valid, now }: Refusal): string {
  return `${knob} refused "${text}", ${
    errnoName(errno)
  }: it takes ${valid}, and is ${now} still`;
}

/** The last line: what came of a write, what would come of one, or which keys there are. */
function verdictOf(
  { state, dialog, screen, symbols }: KnobEditorProps,
): Verdict {
  const { styles } = symbols;
  const faint = (text: string): Verdict => ({ text, style: styles.faint });
  if (!takesWrites(state)) {
    const why = isRecording(state)
      ? "as recorded, read-only"
      : "read-only here";
    return faint(`${why}  escape closes`);
  }
  const { prompt, refusal } = dialog;
  if (prompt === undefined) return faint("enter edits  escape closes");
  if (refusal !== undefined) {
    const { bad } = screen.glyphs;
    return { text: `${bad} ${refusalText(refusal)}`, style: styles.bad };
  }
  const { knob } = state.details;
  const asked = knob?.question.knob === chosenKnob(state, dialog) &&
    knob?.question.text === prompt.text;
  if (prompt.text === "" || !asked || knob?.answer === undefined) {
    return faint("enter writes  escape gives up");
  }
  return checkVerdict(knob.answer, screen, symbols);
}

/** Rows besides the list: border, what the knob sets and takes, the text and the verdict. */
const OTHER_ROWS = 8;
/** Rows of the list from which on its columns have titles. */
const TITLED_ROWS = 6;

interface KnobRow {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

function KnobList({ state, dialog, screen }: KnobEditorProps): Element {
  const rows = knobNames(state).map((name): KnobRow => ({
    name,
    value: state.snapshot.knobs[name] ?? "",
    meaning: knobWords(name)?.meaning ?? "",
  }));
  const room = Math.max(2, screen.rows - OTHER_ROWS);
  const titles = room >= TITLED_ROWS;
  return (
    <Table
      id={MENU_ID}
      height={Math.min(rows.length + Number(titles), room)}
      flexShrink={0}
      titles={titles}
      gutter
      selected={dialog.chosen}
      columns={[
        { title: "knob", cell: ({ name }) => name, priority: 2 },
        {
          title: "value",
          cell: ({ value }) => value,
          align: "right",
          priority: 1,
          minWidth: 5,
        },
        {
          title: "what it sets",
          cell: ({ meaning }) => meaning,
          grows: true,
          minWidth: 32,
        },
      ]}
      rows={rows}
    />
  );
}

/** Props of {@linkcode KnobEditor}. */
export interface KnobEditorProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The editor. */
  readonly dialog: KnobDialog;
  /** What it is shown on. */
  readonly screen: Screen;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** The line in which a value is typed; the value as it is while none is. */
export function KnobPrompt(
  { state, dialog }: Pick<KnobEditorProps, "state" | "dialog">,
): Element {
  const knob = chosenKnob(state, dialog) ?? "";
  return dialog.prompt === undefined
    ? (
      <Text wrap="truncate">
        {`${knob}: ${state.snapshot.knobs[knob] ?? ""}`}
      </Text>
    )
    : <Prompt id={PROMPT_ID} label={`${knob}:`} state={dialog.prompt} />;
}

/** Rows of the screen from which on there is room for what a knob sets. */
const MEANING_ROWS = 14;

/** What a write in the past makes of it. */
const BRANCHES = "goes on from here: what came later is forgotten";

/** A text on lines of its own, which are there whole or not at all. */
function Line({ text, style }: Verdict): Element {
  return (
    <Box flexShrink={0}>
      <Text {...style}>{text}</Text>
    </Box>
  );
}

/** The panel with the knobs, over everything else. */
export function KnobEditor(props: KnobEditorProps): Element {
  const { state, dialog, screen, symbols: { styles } } = props;
  const words = knobWords(chosenKnob(state, dialog) ?? "");
  const verdict = verdictOf(props);
  const branches = takesWrites(state) && isInPast(state);
  return (
    <Overlay title="knobs" borderColor={styles.accent.color}>
      <Box
        width={dialogColumns(screen)}
        flexDirection="column"
        overflow="hidden"
      >
        <KnobList {...props} />
        <Box flexDirection="column" overflow="hidden">
          {screen.rows >= MEANING_ROWS && (
            <Line text={words?.meaning ?? ""} style={{}} />
          )}
          {branches && (
            <Line
              text={`${screen.glyphs.warning} ${BRANCHES}`}
              style={styles.notice}
            />
          )}
          {words && <Line text={`takes ${words.valid}`} style={{}} />}
        </Box>
        <Box height={1} flexShrink={0}>
          <KnobPrompt state={state} dialog={dialog} />
        </Box>
        {dialog.refusal === undefined
          ? (
            <Box height={1} flexShrink={0}>
              <Text {...verdict.style} wrap="truncate">{verdict.text}</Text>
            </Box>
          )
          : <Line {...verdict} />}
      </Box>
    </Overlay>
  );
}
