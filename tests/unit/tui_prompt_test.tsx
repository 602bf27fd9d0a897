import fc from "fast-check";
import assert from "node:assert/strict";
import type { App } from "../../src/tui/app.ts";
import { graphemes } from "../../src/tui/grapheme.ts";
import { keyOf } from "../../src/tui/input_event.ts";
import { styleOf } from "../../src/tui/style.ts";
import { mount } from "../../src/tui/testing/mod.ts";
import { Prompt } from "../../src/tui/widgets/prompt.ts";
import {
  EMPTY_PROMPT,
  type PromptAction,
  promptAction,
  promptMouse,
  promptOf,
  type PromptState,
  updatePrompt,
} from "../../src/tui/widgets/prompt_state.ts";
import { cellsOf, picture } from "./tui_picture.ts";

/** A prompt as text with a bar where the cursor is. */
function spelled({ text, cursor }: PromptState): string {
  const parts = graphemes(text).map((one) => one.text);
  return [...parts.slice(0, cursor), "|", ...parts.slice(cursor)].join("");
}

/** A prompt after keys. */
function after(text: string, ...keys: readonly string[]): string {
  const state = keys.reduce((state, key) => {
    const action = promptAction({ ...keyOf(key), kind: "key" });
    return action === undefined ? state : updatePrompt(state, action);
  }, promptOf(text));
  return spelled(state);
}

Deno.test("prompt: keys edit where the cursor is", () => {
  assert.equal(after("", "a", "b"), "ab|");
  assert.equal(after("ab", "left", "x"), "ax|b");
  assert.equal(after("ab", "left", "backspace"), "|b");
  assert.equal(after("ab", "home", "delete"), "|b");
  assert.equal(after("ab", "home", "backspace", "left"), "|ab");
  assert.equal(after("ab", "delete", "right"), "ab|");
  assert.equal(after("ab", "ctrl+a", "ctrl+f", "space"), "a |b");
});

Deno.test("prompt: whole words and lines", () => {
  assert.equal(after("one two ", "ctrl+left"), "one |two ");
  assert.equal(after("one two", "ctrl+w"), "one |");
  assert.equal(after("one two", "home", "ctrl+right"), "one| two");
  assert.equal(after("one two", "home", "alt+d"), "| two");
  assert.equal(after("one two", "alt+b", "ctrl+k"), "one |");
  assert.equal(after("one two", "alt+b", "ctrl+u"), "|two");
});

Deno.test("prompt: a grapheme is one step, however many code points it has", () => {
  assert.equal(after("a👩‍💻é", "left", "left"), "a|👩‍💻é");
  assert.equal(after("a👩‍💻", "backspace"), "a|");
  // A combining accent joins the letter before the cursor.
  const joined = updatePrompt(promptOf("e"), {
    kind: "insert",
    text: "\u0301",
  });
  assert.deepEqual(joined, { text: "e\u0301", cursor: 1 });
});

Deno.test("prompt: what is pasted stays on its line, and carries no sequences", () => {
  const paste = { kind: "paste", text: "a\nb\x1b[31mc\r\nd" } as const;
  const action = promptAction(paste);
  assert(action !== undefined);
  assert.equal(spelled(updatePrompt(EMPTY_PROMPT, action)), "a b[31mc d|");
});

Deno.test("prompt: enter, escape and the like are left to the app", () => {
  for (const key of ["enter", "escape", "tab", "up", "f1", "ctrl+x"]) {
    assert.equal(promptAction(keyOf(key)), undefined);
  }
});

Deno.test("prompt: whatever is done, the cursor stays within the text", () => {
  const place = fc.constantFrom(
    ...(["left", "right", "word-left", "word-right", "start", "end"] as const),
  );
  const action: fc.Arbitrary<PromptAction> = fc.oneof(
    fc.record({
      kind: fc.constant("insert" as const),
      text: fc.string({ unit: "grapheme" }),
    }),
    fc.record({ kind: fc.constant("go" as const), to: place }),
    fc.record({ kind: fc.constant("erase" as const), to: place }),
    fc.record({ kind: fc.constant("go-to" as const), index: fc.integer() }),
  );
  fc.assert(
    fc.property(fc.array(action), (actions) => {
      let state = EMPTY_PROMPT;
      for (const action of actions) {
        state = updatePrompt(state, action);
        const { length } = graphemes(state.text);
        assert(state.cursor >= 0 && state.cursor <= length);
      }
    }),
    { numRuns: 200, seed: 1 },
  );
});

Deno.test("prompt: a long text is seen where its cursor is", () => {
  const shown = (state: PromptState, columns: number) =>
    picture(<Prompt label="name" state={state} />, columns, 1)[0];
  const long = promptOf("abcdefghij");
  assert.equal(shown(long, 16), "name abcdefghij");
  assert.equal(shown(long, 10), "name ghij");
  assert.equal(shown({ ...long, cursor: 0 }, 10), "name abcde");
  assert.equal(shown({ ...long, cursor: 7 }, 10), "name defgh");
  assert.equal(shown(long, 6), "fghij");
  // Of two wide letters and a place for the cursor, five columns show all.
  assert.equal(shown(promptOf("字字"), 10), "name 字字");
  assert.equal(shown(promptOf("字字"), 9), "name 字");
});

Deno.test("prompt: the cursor is a cell of its own look", () => {
  const state = { text: "ab", cursor: 1 };
  const cells = cellsOf(<Prompt label="" state={state} width={8} />, 8, 1);
  const inverse = [0, 1, 2, 3, 4].map((column) =>
    styleOf(cells.style(column, 0)).inverse === true
  );
  assert.deepEqual(inverse, [false, false, true, false, false]);
});

Deno.test("prompt: what is wrong stands below, with a sign; else the hint", () => {
  const validate = (text: string) =>
    text === "" ? "expected a name" : undefined;
  const shown = (text: string, ascii = false) =>
    picture(
      <Prompt
        label="n"
        state={promptOf(text)}
        validate={validate}
        hint="enter sets it"
      />,
      20,
      2,
      { ascii },
    );
  assert.deepEqual(shown(""), ["n", "✗ expected a name"]);
  assert.deepEqual(shown("", true), ["n", "x expected a name"]);
  assert.deepEqual(shown("x"), ["n x", "enter sets it"]);
});

Deno.test("prompt: a click puts the cursor on a letter", () => {
  const app: App<PromptState, PromptAction> = {
    init: promptOf("a字bc"),
    update: updatePrompt,
    view: (state) => <Prompt id="name" label="n" state={state} />,
    keys: () => [],
    on: (event) =>
      event.kind === "mouse" ? promptMouse(event, "name") : undefined,
    ended: () => false,
  };
  const screen = mount(app, { columns: 12, rows: 1 });
  screen.click(4, 0);
  assert.equal(spelled(screen.state), "a|字bc");
  screen.click(5, 0);
  assert.equal(spelled(screen.state), "a字|bc");
  screen.click(0, 0);
  assert.equal(spelled(screen.state), "a字|bc");
  screen.click(7, 0);
  assert.equal(spelled(screen.state), "a字bc|");
});
