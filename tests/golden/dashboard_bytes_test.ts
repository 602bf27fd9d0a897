/** What the dashboard writes, in bytes: little while it runs, nothing while it rests. */
import assert from "node:assert/strict";
import { TOOLS, ZOOM_KEYS } from "../../src/dashboard/key_scopes.ts";
import { BUILTINS } from "../../src/workload/mod.ts";
import { show } from "../tidy/pictures/show.ts";

/** A running dashboard of this size is to write less than so many bytes a frame, in the median. */
const BYTES_LIMIT = 4096;
const SIZE = { columns: 120, rows: 40 } as const;

/** Frames of which the median is taken. */
const FRAMES = 21;
const FRAME_MILLIS = 50;

type Screen = ReturnType<typeof show>;

const encoder = new TextEncoder();

/** Bytes written since the last call. */
function bytes({ terminal }: Screen): number {
  return encoder.encode(terminal.written.splice(0).join("")).length;
}

/** Bytes of the next frames, all of a machine that runs, in the median; the first of them is not counted. */
function runningMedian(screen: Screen): number {
  screen.frame();
  bytes(screen);
  const frames = Array.from({ length: FRAMES }, () => {
    screen.advance(FRAME_MILLIS);
    return bytes(screen);
  });
  assert.match(screen.frame(), /▶ running/);
  return frames.toSorted((a, b) => a - b)[FRAMES >> 1];
}

function assertFew(median: number, what: string): void {
  assert.ok(median < BYTES_LIMIT, `${what}: ${median} bytes a frame`);
  // A picture that stands still would be no proof.
  assert.ok(median > 0, `${what} stands still`);
}

/** Whatever is shown, nothing is written as long as the machine rests. */
function assertSilent(screen: Screen, what: string): void {
  screen.frame();
  bytes(screen);
  screen.advance(40 * FRAME_MILLIS);
  screen.frame();
  assert.equal(screen.terminal.written.length, 0, what);
}

const ZOOMS = ZOOM_KEYS.map(({ keys: [key] }) => key);
const OVERLAYS = ["?", "/", ...TOOLS.map(({ keys: [key] }) => key)];

for (const { name } of BUILTINS) {
  Deno.test(`${name}: under ${BYTES_LIMIT} bytes a frame while it runs, none while it is paused`, () => {
    const screen = show(name, SIZE);
    assertFew(runningMedian(screen), name);
    screen.press("space");
    assertSilent(screen, name);
    for (const key of ZOOMS) {
      screen.press(key);
      assertSilent(screen, `${name}, ${key}`);
      screen.press(key);
    }
  });
}

Deno.test("each zoomed panel writes little while the machine runs", () => {
  const screen = show("demo-vms", SIZE);
  for (const key of ZOOMS) {
    screen.press(key);
    assertFew(runningMedian(screen), key);
    screen.press(key);
  }
});

Deno.test("what lies over the panels of a paused machine writes nothing", () => {
  const screen = show("demo-vms", SIZE);
  screen.advance(10 * FRAME_MILLIS);
  screen.press("space");
  for (const key of OVERLAYS) {
    const before = screen.frame();
    screen.press(key);
    assert.notEqual(screen.frame(), before, key);
    assertSilent(screen, key);
    screen.press("escape");
  }
});

Deno.test("a frozen picture writes nothing, though the machine runs", () => {
  const screen = show("demo-vms", SIZE);
  screen.press("f");
  const { timeMillis } = screen.state.snapshot;
  assertSilent(screen, "frozen");
  screen.press("f");
  assert.notEqual(screen.state.snapshot.timeMillis, timeMillis);
});
