import fc from "fast-check";
import assert from "node:assert/strict";
import { InputDecoder } from "../../src/tui/decoder.ts";
import { type InputEvent, keySpelling } from "../../src/tui/input_event.ts";

const encoder = new TextEncoder();

/** An event as text: the spelling of a key, the paste in quotes, or what the mouse did where. */
function spelledOne(event: InputEvent): string {
  switch (event.kind) {
    case "key":
      return keySpelling(event);
    case "paste":
      return JSON.stringify(event.text);
    case "mouse": {
      const { action, button = "none", column, row, ctrl, alt, shift } = event;
      const held = [ctrl && "ctrl", alt && "alt", shift && "shift"]
        .filter((key) => key !== false);
      return [action, button, `${column},${row}`, ...held].join(" ");
    }
  }
}

function spelled(events: readonly InputEvent[]): string[] {
  return events.map(spelledOne);
}

function decode(input: string | Uint8Array): string[] {
  const bytes = typeof input === "string" ? encoder.encode(input) : input;
  return spelled(new InputDecoder().feed(bytes));
}

/** What terminals send, by xterm's control sequences, and the key that it is. */
const SEQUENCES: readonly (readonly [string, string])[] = [
  ["\x1b[A", "up"],
  ["\x1b[B", "down"],
  ["\x1b[C", "right"],
  ["\x1b[D", "left"],
  ["\x1bOA", "up"],
  ["\x1b[H", "home"],
  ["\x1b[F", "end"],
  ["\x1b[1~", "home"],
  ["\x1b[4~", "end"],
  ["\x1b[2~", "insert"],
  ["\x1b[3~", "delete"],
  ["\x1b[5~", "pageup"],
  ["\x1b[6~", "pagedown"],
  ["\x1bOP", "f1"],
  ["\x1bOS", "f4"],
  ["\x1b[15~", "f5"],
  ["\x1b[17~", "f6"],
  ["\x1b[21~", "f10"],
  ["\x1b[23~", "f11"],
  ["\x1b[24~", "f12"],
  ["\x1b[[A", "f1"],
  ["\x1b[[E", "f5"],
  ["\x1b[Z", "shift+tab"],
  ["\x1b[1;5A", "ctrl+up"],
  ["\x1b[1;2B", "shift+down"],
  ["\x1b[1;3C", "alt+right"],
  ["\x1b[1;8D", "ctrl+alt+shift+left"],
  ["\x1b[3;5~", "ctrl+delete"],
  ["\x1bOj", "*"],
  ["\x1bOM", "enter"],
  ["\x1bx", "alt+x"],
  ["\x1b\r", "alt+enter"],
  ["\x1bé", "alt+é"],
  ["\r", "enter"],
  ["\t", "tab"],
  ["\x7f", "backspace"],
  ["\x01", "ctrl+a"],
  ["\x1a", "ctrl+z"],
  ["\x1c", "ctrl+\\"],
  ["\0", "ctrl+space"],
  [" ", "space"],
  ["Q", "Q"],
  ["é", "é"],
  ["字", "字"],
  ["😀", "😀"],
];

for (const [sequence, key] of SEQUENCES) {
  Deno.test(`decoder: ${JSON.stringify(sequence)} is ${key}`, () => {
    assert.deepEqual(decode(sequence), [key]);
    assert.deepEqual(decode(`a${sequence}b`), ["a", key, "b"]);
  });
}

Deno.test("decoder: a key types its character, unless ctrl or alt is held", () => {
  const [a, space, altA, ctrlA] = new InputDecoder()
    .feed(encoder.encode("a \x1ba\x01"))
    .map((event) => event.kind === "key" ? event.char : undefined);
  assert.deepEqual([a, space, altA, ctrlA], ["a", " ", "", ""]);
});

/** Reports, replies and nonsense that no key stands for. */
const SWALLOWED = [
  "\x1b[<35;10;20M",
  "\x1b[M !!",
  "\x1b[I",
  "\x1b[?1;2c",
  "\x1b[27;5;9~",
  "\x1b[999~",
  "\x1b[1;5X",
  "\x1bOz",
  "\x1b]11;rgb:0000/0000/0000\x07",
  "\x1b]11;rgb:0000/0000/0000\x1b\\",
  "\x1bP1$r0m\x1b\\",
  `\x1b[${"1;".repeat(100)}A`,
];

for (const sequence of SWALLOWED) {
  Deno.test(`decoder: ${JSON.stringify(sequence)} leaves no text`, () => {
    assert.deepEqual(decode(`a${sequence}b`), ["a", "b"]);
  });
}

Deno.test("decoder: bytes that are not UTF-8 vanish, and the next key counts", () => {
  const bad = [
    [0xff],
    [0x80],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe5, 0xad],
  ];
  for (const bytes of bad) {
    assert.deepEqual(decode(new Uint8Array([...bytes, 0x71])), ["q"]);
  }
});

Deno.test("decoder: an escape waits for a flush", () => {
  const decoder = new InputDecoder();
  assert.deepEqual(decoder.feed(encoder.encode("\x1b")), []);
  assert(decoder.waiting);
  assert.deepEqual(spelled(decoder.flush()), ["escape"]);
  assert(!decoder.waiting);
  assert.deepEqual(decoder.flush(), []);
  assert.deepEqual(spelled(decoder.feed(encoder.encode("[A"))), ["[", "A"]);
});

Deno.test("decoder: a flush takes alt with a character that could start a sequence", () => {
  for (const char of ["[", "O", "P", "]", "X", "^", "_"]) {
    const decoder = new InputDecoder();
    decoder.feed(encoder.encode(`\x1b${char}`));
    assert.deepEqual(spelled(decoder.flush()), [`alt+${char}`]);
    assert.deepEqual(spelled(decoder.feed(encoder.encode("q"))), ["q"]);
  }
});

Deno.test("decoder: a flush leaves a sequence alone that has begun", () => {
  const decoder = new InputDecoder();
  decoder.feed(encoder.encode("\x1b[1;"));
  assert(!decoder.waiting);
  assert.deepEqual(decoder.flush(), []);
  assert.deepEqual(spelled(decoder.feed(encoder.encode("5A"))), ["ctrl+up"]);
});

Deno.test("decoder: a second escape is a key of its own", () => {
  assert.deepEqual(decode("\x1b\x1b[A"), ["escape", "up"]);
});

Deno.test("decoder: a paste is one event, and its text no key", () => {
  assert.deepEqual(decode("\x1b[200~q\r\nw\x1b[A é\x1b[201~x"), [
    JSON.stringify("q\nw\x1b[A é"),
    "x",
  ]);
});

Deno.test("decoder: ctrl-c gets through from inside of anything", () => {
  const openings = ["\x1b[1;", "\x1bO", "\x1b]0;", "\x1b[200~abc", "\x1b[M"];
  for (const opening of openings) {
    assert.deepEqual(decode(`${opening}\x03q`), ["ctrl+c", "q"]);
  }
});

/** Bytes that are likely to mean something together. */
const inputBytes = fc.array(
  fc.oneof(
    fc.constantFrom(...SEQUENCES.map(([sequence]) => sequence)),
    fc.constantFrom(...SWALLOWED),
    fc.constantFrom("\x1b", "\x1b[", "\x1b[200~", "\x1b[201~", "\x1bP"),
    fc.string({ unit: "grapheme" }),
  ).map((text) => encoder.encode(text)).chain((bytes) =>
    fc.nat(bytes.length).map((end) => bytes.slice(0, end))
  ),
).map((parts) => new Uint8Array(parts.flatMap((part) => [...part])));

Deno.test("decoder: however bytes are cut into chunks, the events are the same", () => {
  fc.assert(
    fc.property(inputBytes, fc.array(fc.nat(20)), (bytes, lengths) => {
      const decoder = new InputDecoder();
      const events: InputEvent[] = [];
      let start = 0;
      for (const length of [...lengths, bytes.length]) {
        events.push(...decoder.feed(bytes.subarray(start, start + length)));
        start += length;
      }
      assert.deepEqual(spelled(events), decode(bytes));
    }),
    { numRuns: 1000, seed: 1 },
  );
});

Deno.test("decoder: random bytes never throw, and ctrl-c still works", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const decoder = new InputDecoder();
      decoder.feed(bytes);
      decoder.flush();
      const after = spelled(decoder.feed(new Uint8Array([0x03, 0x71])));
      assert.deepEqual(after.slice(-2), ["ctrl+c", "q"]);
    }),
    { numRuns: 2000, seed: 2 },
  );
});

/** Reports by xterm's control sequences, and what the mouse did. */
const REPORTS: readonly (readonly [string, readonly string[]])[] = [
  ["\x1b[<0;1;1M", ["press left 0,0"]],
  ["\x1b[<0;1;1m", ["release left 0,0"]],
  ["\x1b[<1;20;3M", ["press middle 19,2"]],
  ["\x1b[<2;223;224M", ["press right 222,223"]],
  ["\x1b[<64;5;6M", ["wheel-up none 4,5"]],
  ["\x1b[<65;5;6M", ["wheel-down none 4,5"]],
  ["\x1b[<20;5;6M", ["press left 4,5 ctrl shift"]],
  ["\x1b[<8;5;6M", ["press left 4,5 alt"]],
  ["\x1b[<0;1000;65535M", ["press left 999,65534"]],
  // What moves without a button, tilts, or has no place is no event.
  ["\x1b[<35;5;6M", []],
  ["\x1b[<32;5;6M", []],
  ["\x1b[<66;5;6M", []],
  ["\x1b[<128;5;6M", []],
  ["\x1b[<3;5;6M", []],
  ["\x1b[<0;0;1M", []],
  ["\x1b[<0;1M", []],
  ["\x1b[<0;1;99999M", []],
  ["\x1b[<0;1;1;1M", []],
  ["\x1b[<0;1;1A", []],
];

for (const [sequence, events] of REPORTS) {
  Deno.test(`decoder: ${JSON.stringify(sequence)} is ${events[0] ?? "nothing"}`, () => {
    assert.deepEqual(decode(sequence), events);
    assert.deepEqual(decode(`${sequence}x`), [...events, "x"]);
  });
}
