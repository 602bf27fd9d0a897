/** A user records what the dashboard shows, and plays it again in the same terminal. */
import assert from "node:assert/strict";
import { parseSession } from "../../src/observe/mod.ts";
import { ksmpages } from "../../src/workload/builtin/ksmpages.ts";
import { hasUserTerminal, UserTerminal } from "./tmux.ts";

const KSMSCOPE = '"$DENO" run -A --no-prompt $HERE/mod.ts';

Deno.test({
  name:
    "a user's terminal: what the dashboard recorded is played, with its caption and details",
  ignore: !hasUserTerminal(),
  fn: async () => {
    await using terminal = await UserTerminal.open();
    await terminal.type(
      `${KSMSCOPE} dashboard ksmpages --speed 100 --record s.jsonl`,
    );
    await terminal.untilSeen("workload ended");
    await terminal.press("q");
    await terminal.untilPrompt();
    const text = Deno.readTextFileSync(`${terminal.folder}/s.jsonl`);
    const { header, samples } = parseSession(text, "s.jsonl");
    assert.equal(header.caption, ksmpages.title);
    const last = samples[samples.length - 1];
    const end = `${(last.timeMillis / 1000).toFixed(3)}s`;
    await terminal.type(`clear; ${KSMSCOPE} play s.jsonl --speed 100`);
    await terminal.untilSeen(`recorded ksmpages`);
    await terminal.untilSeen(ksmpages.title);
    await terminal.untilSeen(new RegExp(`■ end of recording .* of ${end}`));
    await terminal.press("2");
    await terminal.untilSeen("B black  R red");
    await terminal.press("3");
    await terminal.untilSeen("not recorded");
    await terminal.press("w");
    await terminal.untilSeen("A recording is of one workload");
    await terminal.press("[");
    await terminal.untilSeen("▯ paused");
    await terminal.press("q");
    await terminal.untilPrompt();
  },
});
