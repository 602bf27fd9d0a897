import assert from "node:assert/strict";
import {
  characterKey,
  KEY_NAMES,
  keyOf,
  keySpelling,
  namedKey,
} from "../../src/tui/input_event.ts";
import {
  bindingOf,
  type KeyMap,
  type KeyScope,
  keysOf,
  keyTable,
} from "../../src/tui/key_map.ts";

Deno.test("keys: each spelling names one key, which is spelled so", () => {
  const prefixes = ["", "ctrl+", "alt+", "ctrl+alt+"];
  for (const prefix of prefixes) {
    for (const name of [...KEY_NAMES, "a", "Q", "+", "?", "é"]) {
      assert.equal(keySpelling(keyOf(prefix + name)), prefix + name);
    }
  }
  assert.equal(keySpelling(keyOf("alt+shift+tab")), "alt+shift+tab");
});

Deno.test("keys: a wrong spelling is refused with what would be right", () => {
  for (const wrong of ["", "ctrl+", "Up", "shift+a", "ab"]) {
    assert.throws(() => keyOf(wrong), RangeError);
  }
  assert.throws(() => keyOf("esc"), /"esc".*escape/);
});

Deno.test("keys: a binding is found by any of its keys", () => {
  const keys: KeyMap<string> = [
    { keys: ["q", "ctrl+q"], does: "leaves", message: "quit" },
    { keys: ["space"], does: "pauses", message: "pause" },
  ];
  assert.equal(bindingOf(keys, characterKey("q"))?.message, "quit");
  const controlQ = characterKey("q", { ctrl: true });
  assert.equal(bindingOf(keys, controlQ)?.message, "quit");
  assert.equal(bindingOf(keys, characterKey(" "))?.message, "pause");
  assert.equal(bindingOf(keys, characterKey("Q")), undefined);
  assert.equal(bindingOf(keys, namedKey("space", { alt: true })), undefined);
});

const LIST: KeyScope<string> = {
  title: "list",
  keys: [{ keys: ["up", "k"], does: "moves up", message: "up" }],
};

const APP: KeyScope<string> = {
  title: "everywhere",
  keys: [
    { keys: ["k", "ctrl+k"], does: "edits a knob", message: "knob" },
    { keys: ["up"], does: "scrolls", message: "scroll" },
    { keys: ["|", "`"], does: "splits a|b", message: "split" },
  ],
};

Deno.test("keys: an inner scope takes its keys from the outer ones", () => {
  const keys = keysOf([LIST, APP]);
  assert.deepEqual(keys.map((row) => [row.message, ...row.keys]), [
    ["up", "up", "k"],
    ["knob", "ctrl+k"],
    ["split", "|", "`"],
  ]);
  assert.deepEqual(keysOf([APP, LIST]), APP.keys);
  assert.deepEqual(keysOf([]), []);
});

Deno.test("keys: a manual's table has all of them", () => {
  assert.equal(
    keyTable([LIST, APP]),
    [
      "| Key | Does | Where |",
      "| --- | --- | --- |",
      "| `up` `k` | moves up | list |",
      "| `k` `ctrl+k` | edits a knob | everywhere |",
      "| `up` | scrolls | everywhere |",
      "| `\\|` `` ` `` | splits a\\|b | everywhere |",
      "",
    ].join("\n"),
  );
});
