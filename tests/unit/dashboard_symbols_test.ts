/** Each character of the dashboard means one thing, in Unicode and in ASCII. */
import assert from "node:assert/strict";
import { charactersFor } from "../../src/dashboard/symbols.ts";
import { ASCII_GLYPHS, UNICODE_GLYPHS } from "../../src/tui/mod.ts";

for (const glyphs of [UNICODE_GLYPHS, ASCII_GLYPHS]) {
  const name = glyphs.ascii ? "ASCII" : "Unicode";
  Deno.test(`${name}: no character has two meanings`, () => {
    const symbols = charactersFor(glyphs);
    const { pages, events, motions, actors } = symbols;
    const meanings: Readonly<Record<string, readonly string[]>> = {
      "a merged page": [pages.merged, events.merge],
      running: [motions.running, actors.running],
      waiting: [actors.waiting, events.wait],
      ended: [motions.ended, actors.done],
      "where the user is": [symbols.focus, glyphs.marker],
      "greatest first": [symbols.descending, glyphs.descending],
      "least first": [symbols.ascending, glyphs.ascending],
      hole: [pages.hole],
      untouched: [pages.untouched],
      plain: [pages.plain],
      volatile: [pages.volatile],
      unshared: [pages.unshared],
      zero: [pages.zero],
      ksmd: [symbols.cursor],
      pointer: [symbols.pointer],
      stepping: [motions.stepping],
      travelling: [motions.travelling],
      frozen: [motions.frozen],
      past: [motions.past],
      paused: [motions.paused],
      defect: [motions.defect],
      cow: [events.cow],
      unmerge: [events.unmerge],
      stale: [events.stale],
      pass: [events.pass],
      label: [events.label],
      migration: [events.migration],
      sleeping: [actors.sleeping],
      idle: [actors.idle],
      ours: [symbols.ours],
      least: [symbols.least],
    };
    for (const same of Object.values(meanings)) {
      assert.equal(new Set(same).size, 1, same.join(" "));
    }
    const all = Object.values(meanings).map(([one]) => one);
    const twice = all.filter((one, index) => all.indexOf(one) !== index);
    assert.deepEqual(twice, []);
    // None is left out.
    const kinds = [pages, events, motions, actors]
      .flatMap((kind) => Object.values<string>(kind));
    assert.deepEqual(kinds.filter((one) => !all.includes(one)), []);
  });
}
