/**
 * The example, which cannot be left by its own key, to see what noise does to
 * the terminal. How it ended is printed at the end.
 *
 * @module
 */
import { example } from "../../src/tui/example.tsx";
import { denoTerminal, run, UNICODE_GLYPHS } from "../../src/tui/mod.ts";

if (import.meta.main) {
  const endless = { ...example, ended: () => false };
  const rendering = { color: true, glyphs: UNICODE_GLYPHS };
  const ending = await run(endless, denoTerminal({ mouse: true }), rendering);
  console.log(`ended=${ending.kind};`);
}
