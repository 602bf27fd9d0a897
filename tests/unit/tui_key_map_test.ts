import assert from "node:assert/strict";
import {
  characterKey,
  KEY_NAMES,
  keyOf,
  keySpelling,
  namedKey,
} from "../../src/tui/input_event.ts";
import { bindingOf, type KeyMap } from "../../src/tui/key_map.ts";

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
