/** `explore`. */
import assert from "node:assert/strict";
import { pathOf } from "../tidy/sources.ts";
import { inFolder } from "../tidy/deno_command.ts";
import { ksmscope, refuse, spawn, succeed } from "./ksmscope.ts";

/** In a new process with no permission but to start threads. */
const THREADS = [`--allow-read=${pathOf("src")}`];

/** Rows of tables: scenario, variant and verdict. */
function verdicts(text: string): string[] {
  let scenario = "";
  return text.split("\n").flatMap((line) => {
    scenario = /^([\w-]+): /.exec(line)?.[1] ?? scenario;
    const row = /^ {2}(\S+) .* (holds|violated)$/.exec(line);
    return row === null ? [] : [`${scenario} ${row[1]} ${row[2]}`];
  });
}

Deno.test("the small table holds where it must, and answers the review", async () => {
  const { code, err, out } = await spawn(THREADS, "explore");
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  const names = "v4 v0 v1 v1-rcu v2 get-lock get-lock-corrected".split(" ");
  const rows = verdicts(out);
  // What knows nothing of pages that live on goes wrong there, and nothing else does.
  const later = ["v2", "v4"];
  for (const name of names) {
    assert.ok(rows.includes(`unmap ${name} holds`), name);
    const verdict = later.includes(name) ? "holds" : "violated";
    assert.ok(rows.includes(`locked-migration ${name} ${verdict}`), name);
  }
  assert.deepEqual(rows.slice(-2), [
    "rcu-control read-section holds",
    "rcu-control no-read-section violated",
  ]);
  const [rcu, proposal, freezing] = out.trimEnd().split("\n\n").slice(-3)
    .map((sentence) => sentence.replaceAll("\n", " "));
  assert.match(rcu, /^RCU or no RCU .*: identical outcomes, .*sees it\.$/);
  assert.match(proposal, /exactly one difference: .* the node is kept, not/);
  assert.match(proposal, /with the correction, identical\.$/);
  assert.match(freezing, /is reachable in v1 and removes the node of a live/);
  assert.match(
    freezing,
    /harmless where a frozen page can only go \(v1 holds in unmap, freeze,/,
  );
  assert.match(
    freezing,
    /in freeze-dirty, migration and locked-migration\); v2 holds, v4 holds, but/,
  );
  assert.match(freezing, /does wrong in stale-tree and round-trip\.$/);
  assert.ok(out.split("\n").every((line) => line.length <= 80));
});

Deno.test("--json prints what was found, and its schedule goes wrong again elsewhere", async () => {
  const { results } = JSON.parse(
    await succeed(
      "explore",
      "unmap",
      "--variant",
      "no-check-after-pin",
      "--json",
    ),
  );
  assert.equal(results.length, 1);
  const { schedule, schedules, steps, seconds, ...others } = results[0];
  assert.deepEqual(others, {
    scenario: "unmap",
    variant: "no-check-after-pin",
    exhaustive: false,
    bound: null,
    verdict: "violated",
    property: "a page that is found has the node's bytes",
  });
  assert.ok(schedules > 0 && steps > schedules && seconds > 0);
  const [first, second] = await Promise.all(
    [1, 2].map(() => spawn([], "explore", "--replay", schedule)),
  );
  assert.deepEqual(first, second);
  assert.equal(first.code, 1);
  assert.match(first.out, /\nviolated: a page that is found has the node's by/);
  assert.ok(first.out.endsWith(`\nexplore --replay '${schedule}'\n`));
});

Deno.test("a scenario that is named shows its failing schedules as lanes", async () => {
  const out = await succeed("explore", "rcu-control");
  const [table, safety, claims, lanes, ...more] = out.split("\n\n");
  assert.match(table, /no-read-section +broken .* violated$/m);
  assert.match(safety, /^ {2}nothing is used after it is freed$/m);
  assert.match(
    claims,
    /^ {2}read-section: With one it is not\. In every order$/m,
  );
  assert.equal(more.length, 0);
  const replay = /--replay '(.*)'/.exec(lanes)?.[1] ?? "";
  assert.ok(replay.startsWith("rcu-control/no-read-section/1:"), replay);
  const shown = await ksmscope("explore", "--replay", replay);
  assert.deepEqual(shown, { code: 1, out: lanes, err: "" });
});

Deno.test("a schedule that goes well ends with 0, and says what it came to", async () => {
  // The reader begins, finds the record and leaves its section; the writer then waits for nobody.
  const whole = await succeed(
    "explore",
    "--replay",
    "rcu-control/read-section/1:a3b2",
  );
  assert.match(whole, /\nends well: the record was read\n/);
  const part = await succeed(
    "explore",
    "--replay",
    "rcu-control/read-section/1:a",
  );
  assert.match(part, /\nnot at its end: somebody can go on\n/);
});

Deno.test("two variants are compared machine by machine", async () => {
  const out = await succeed("explore", "unmap", "--compare", "v1", "v1-rcu");
  const machines = out.split("\n").filter((line) => line.startsWith("unmap "));
  assert.equal(machines.length, 3);
  for (const line of machines) {
    assert.match(line, /^unmap \(\w+\): identical; /);
  }

  const json = await succeed(
    ...["explore", "locked-migration", "--compare", "v1", "get-lock", "--json"],
  );
  const { comparisons, variants } = JSON.parse(json);
  assert.deepEqual(variants, ["v1", "get-lock"]);
  for (const { common, differences, identical } of comparisons) {
    assert.ok(common > 0);
    assert.equal(identical, false);
    for (const { outcome, variant } of differences) {
      assert.equal(variant, "get-lock");
      assert.match(outcome, /none, node kept/);
    }
  }
});

Deno.test("chance and bounds find what is there, and say that it is not all", async () => {
  const ask = (...more: string[]) => succeed("explore", "rcu-control", ...more);
  for (const strategy of ["pct", "random"]) {
    const out = await ask("--strategy", strategy, "--seed", "7");
    assert.match(out, /^ {2}read-section .* holds so far$/m);
    assert.match(out, /^ {2}no-read-section .* violated$/m);
  }
  // To be freed between look-up and use, the record needs one pre-emption.
  assert.match(
    await ask("--bound", "0"),
    /no-read-section .* holds, bound 0$/m,
  );
  assert.match(await ask("--bound", "1"), /no-read-section .* violated$/m);
});

Deno.test("a part of the orders answers no review", async () => {
  const out = await succeed("explore", "--bound", "1");
  assert.match(out, /\nOnly every order answers the review: /);
  assert.doesNotMatch(out, /RCU or no RCU/);
});

Deno.test("what cannot be explored is told", async () => {
  const wrong = (...words: string[]) => refuse("explore", ...words);
  assert.match(
    await wrong("unmpa"),
    /"unmpa"; did you mean "unmap"; it must be/,
  );
  assert.match(
    await wrong("--variant", "v5"),
    /variant "v5"; did you mean "v4"/,
  );
  assert.match(
    await wrong("match", "--variant", "v0"),
    /is asked of v4, v1, v2/,
  );
  assert.match(await wrong("--all", "unmap"), /leave out --all/);
  assert.match(await wrong("--compare", "v1"), /--compare takes two variants/);
  assert.match(
    await wrong("unmap", "--compare", "v1", "reset-all"),
    /no scenario/,
  );
  assert.match(await wrong("--bound", "x"), /a whole number from 0 to 100$/);
  assert.match(
    await wrong("--bound", "2", "--strategy", "pct"),
    /with dfs only$/,
  );
  assert.match(await wrong("--seed", "2"), /with pct and random only$/);
  assert.match(await wrong("--strategy", "bfs"), /did you mean "dfs"/);
  assert.match(
    await wrong("--replay", "unmap"),
    /SCENARIO\/VARIANT\/CASE:STEPS/,
  );
  assert.match(await wrong("--replay", "unmpa/v1/1:a"), /did you mean "unmap"/);
  assert.match(await wrong("--replay", "unmap/v1/9:a"), /cases 1 to 3, not 9/);
  assert.match(
    await wrong("--replay", "unmap/v1/1:z"),
    /letters from "a" to "c"/,
  );
  assert.match(await wrong("--replay", "unmap/v1/1:a99"), /ksmd has ended/);
  assert.match(await wrong("--explain", "--replay", "x"), /at once$/);
  assert.match(await wrong("--explain", "--json"), /leave out --json$/);
  assert.match(await wrong("--plain"), /with --replay only$/);
  assert.match(await wrong("--compare", "v1", "v1"), /with itself/);
  for (const part of [["--bound", "3"], ["--strategy", "pct"]]) {
    assert.match(await wrong("--explain", ...part), /a part of the orders/);
    assert.match(await wrong("--replay", "x", ...part), /a part of the orders/);
  }
});

Deno.test("the story is told with lanes that go as it says", async () => {
  const out = await succeed("explore", "--explain");
  assert.match(out, /^Today's protocol holds in all \d+ scenarios /m);
  assert.match(out, /no-check-after-pin breaks "[^"]+"\sin\sunmap/);
  assert.match(out, /come to the same \d+ outcomes on \d+ machines\.$/m);
  assert.match(out, /those\s+of\s+one\s+alone\s+are\s+all\s+of\s+one\s+kind/);
  assert.match(out, /reset-all,[^.]*holds in\sstale-tree\./);
  const schedules = Array.from(
    out.matchAll(/^explore --replay '(.*)'$/gm),
    ([, schedule]) => schedule,
  );
  assert.ok(schedules.length >= 8, `${schedules.length}`);
  for (const schedule of schedules) {
    const shown = await ksmscope("explore", "--replay", schedule);
    assert.ok(out.includes(shown.out), schedule);
  }
});

Deno.test("threads start in a folder whose name has a space, too", async () => {
  await inFolder(async (folder) => {
    const project = `${folder}/a project`;
    Deno.symlinkSync(pathOf("."), project);
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        "--allow-read",
        "mod.ts",
        "explore",
        "rcu-control",
      ],
      cwd: project,
      env: { NO_COLOR: "1" },
    }).output();
    assert.equal(code, 0);
    assert.match(new TextDecoder().decode(stdout), /read-section .* holds\n/);
  });
});
