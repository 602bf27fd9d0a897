/** Writes the recording of the dashboard; `asciinema play` shows it. */
import { pathOf } from "../sources.ts";
import { recording } from "./recording.ts";

if (Deno.noColor) throw new Error("NO_COLOR is set: it would have no colours");
Deno.writeTextFileSync(pathOf("tests/tidy/pictures/demo.cast"), recording());
