/** The README's screens and the recording show what the dashboard draws now. */
import assert from "node:assert/strict";
import { Emulator } from "../golden/emulator.ts";
import { textOf } from "../golden/dashboard_screen.ts";
import { recording } from "./pictures/recording.ts";
import { withScreens } from "./pictures/screens.ts";
import { pathOf } from "./sources.ts";

Deno.test("README.md has the screens that are drawn; else run deno task readme", () => {
  const readme = Deno.readTextFileSync(pathOf("README.md"));
  assert.equal(withScreens(readme), readme);
});

const CAST = "tests/tidy/pictures/demo.cast";

/** What is to be seen after each line of a recording. */
async function framesOf(cast: string): Promise<string[]> {
  const [header, ...events] = cast.trimEnd().split("\n")
    .map((line) => JSON.parse(line));
  const { version, width, height } = header;
  assert.equal(version, 2);
  const emulator = new Emulator({ columns: width, rows: height });
  const frames: string[] = [];
  let last = 0;
  for (const [seconds, kind, text] of events) {
    assert.equal(kind, "o");
    assert.ok(seconds >= last);
    last = seconds;
    await emulator.write(text);
    frames.push(textOf(emulator.cells()).join("\n"));
  }
  return frames;
}

Deno.test("the recording is what would be recorded now; else run deno task cast", async () => {
  const kept = Deno.readTextFileSync(pathOf(CAST));
  const now = recording();
  const frames = await framesOf(kept);
  // Where colours are off, all but the colours must be the same.
  if (Deno.noColor) assert.deepEqual(await framesOf(now), frames);
  else assert.ok(kept === now, CAST);
  for (
    const wanted of [/MEMORY/, /TREES/, /PAGE MAP/, /LOCKS/, /in the past/]
  ) {
    assert.ok(frames.some((frame) => wanted.test(frame)), `${wanted}`);
  }
});
