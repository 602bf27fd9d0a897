/**
 * An app that goes wrong in any way on request, to see what is left of the
 * terminal. How it ended is printed at the end.
 *
 * @module
 */
import {
  type App,
  denoTerminal,
  type KeyMap,
  run,
  Text,
  UNICODE_GLYPHS,
} from "../../src/tui/mod.ts";

/** What goes wrong. */
type Fault = "view" | "rejection" | "timer" | "exit" | "stop" | "quit";

const KEYS: KeyMap<Fault> = [
  { keys: ["v"], does: "throws in the view", message: "view" },
  { keys: ["r"], does: "rejects a promise", message: "rejection" },
  { keys: ["t"], does: "throws in a timer", message: "timer" },
  { keys: ["x"], does: "ends the process", message: "exit" },
  { keys: ["q"], does: "leaves", message: "quit" },
];

function fail(): never {
  throw new Error("injected");
}

function perform(fault: Fault): void {
  if (fault === "rejection") Promise.reject(new Error("injected"));
  if (fault === "timer") setTimeout(fail, 0);
  if (fault === "exit") Deno.exit(3);
}

const app: App<Fault | undefined, Fault> = {
  init: undefined,
  update: (_, fault) => fault,
  view: (fault) =>
    fault === "view" ? fail() : <Text>pid={Deno.pid}; {fault ?? "ready"}</Text>,
  keys: () => KEYS,
  on: (event) => event.kind === "suspend-denied" ? "stop" : undefined,
  ended: (fault) => fault === "quit",
  perform,
};

if (import.meta.main) {
  const rendering = { color: true, glyphs: UNICODE_GLYPHS };
  const ending = await run(app, denoTerminal({ mouse: true }), rendering);
  const detail = ending.kind === "error" && ending.error instanceof Error
    ? ending.error.message
    : ending.kind === "signal"
    ? ending.name
    : "";
  console.log(`ended=${ending.kind}:${detail};`);
}
