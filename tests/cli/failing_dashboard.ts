/**
 * The dashboard on a machine that goes wrong in its third frame, as only a bug of
 * ksmscope could make it: in the real frame loop, and on the real way to an exit
 * code.
 *
 * @module
 */
import { showSource } from "../../src/cli/dashboard_command.ts";
import { exitCodeOf } from "../../src/cli/exit.ts";
import { denoStreams } from "../../src/cli/streams.ts";
import type { Stop } from "../../src/observe/mod.ts";
import { CountingSource } from "../unit/dashboard_source.ts";

class FailingSource extends CountingSource {
  override advance(): Stop {
    if (this.visits === 3) throw new Error("injected");
    return super.advance("batch");
  }
}

if (import.meta.main) {
  const look = {
    speed: 1,
    theme: undefined,
    noMouse: false,
    noColor: false,
    ascii: false,
  };
  const source = new FailingSource({ pagesToScan: 1 });
  const code = await showSource({ source }, look)
    .catch((error) => exitCodeOf(error, denoStreams()));
  Deno.exit(code);
}
