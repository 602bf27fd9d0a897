/** `--record` and `play`. */
import assert from "node:assert/strict";
import { isAbsolute } from "node:path";
import { inFolder } from "../tidy/deno_command.ts";
import { conformance, ksmscope, refuse, spawn, succeed } from "./ksmscope.ts";

/** A table of samples without its first line, which names the seed or does not. */
function rowsOf(table: string): string {
  return table.slice(table.indexOf("\n") + 1);
}

Deno.test("what a run has printed is what its session prints", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/s.jsonl`;
    for (
      const args of [["ksmpages"], ["demo-vms", "--until", "4scans"], [
        conformance("traces/zero-use.json"),
      ]]
    ) {
      const printed = await succeed("run", ...args, "--record", path);
      assert.equal(rowsOf(await succeed("play", path)), rowsOf(printed));
      for (const format of ["json", "jsonl", "csv"]) {
        assert.equal(
          await succeed("play", path, "--format", format),
          await succeed("run", ...args, "--format", format),
        );
      }
    }
  });
});

Deno.test("without a terminal, dashboard records what it prints", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/s.jsonl`;
    const printed = await succeed("dashboard", "ksmpages", "--record", path);
    assert.equal(rowsOf(await succeed("play", path)), rowsOf(printed));
  });
});

Deno.test("the same run records the same session", async () => {
  await inFolder(async (folder) => {
    const texts = [];
    for (const name of ["a", "b"]) {
      const path = `${folder}/${name}.jsonl`;
      await succeed("run", "demo-vms", "--until", "3scans", "--record", path);
      texts.push(Deno.readTextFileSync(path));
    }
    assert.equal(texts[0], texts[1]);
  });
});

Deno.test("a session whose last line breaks off is played, and that is told", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/s.jsonl`;
    const printed = await succeed("run", "ksmpages", "--record", path);
    Deno.writeTextFileSync(path, Deno.readTextFileSync(path).slice(0, -20));
    const { code, out, err } = await ksmscope("play", path);
    assert.equal(code, 0);
    assert.equal(rowsOf(out), rowsOf(printed).replace(/[^\n]*\n$/, ""));
    assert.equal(
      err,
      `ksmscope: the last line of "${path}" breaks off, and was left out\n`,
    );
  });
});

Deno.test("what is no session is refused with its line, and what would be one", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/s.jsonl`;
    await succeed("run", "ksmpages", "--record", path);
    const lines = Deno.readTextFileSync(path).split("\n");
    const refusal = (...text: string[]): Promise<string> => {
      Deno.writeTextFileSync(path, text.map((line) => `${line}\n`).join(""));
      return refuse("play", path);
    };
    const [header, first] = lines;
    const at = (line: number, problem: string) =>
      `ksmscope: ${path}:${line}: ${problem}`;
    assert.equal(
      await refusal(),
      at(
        1,
        "Cannot play a file without lines: the first must be like " +
          '{"format":"ksmscope-session/2",...}',
      ),
    );
    assert.equal(
      await refusal(header),
      `ksmscope: ${path}: Cannot play a session without samples`,
    );
    assert.equal(
      await refusal(header.replace("session/2", "session/3"), first),
      at(
        1,
        'Field "format" is "ksmscope-session/3": it must be one of "ksmscope-session/1", "ksmscope-session/2"',
      ),
    );
    assert.equal(
      await refusal(header, first.replace('"pid":1000', '"pid":-1')),
      at(
        2,
        'Field "processes[0].pid" is -1: it must be a whole number from 0',
      ),
    );
    assert.equal(
      await refusal(header, first.replace('"pid":1000', '"pit":1000')),
      at(2, 'Field "processes[0].pid" is missing'),
    );
    assert.equal(
      await refusal(header, first, '{"keep":2}'),
      at(3, 'Field "keep" is 2: there are 1 samples before'),
    );
    assert.equal(
      await refusal(header, "", first),
      at(2, 'Cannot read "": it is not JSON; each line of a session is one'),
    );
    assert.match(
      await refusal(header, first, '{"processes":["7"]}'),
      /:3: Element "7" names none of the 1 elements before; it must be like "3" or "3\.\.17"$/,
    );
  });
});

Deno.test("a session that cannot be read or written is refused before anything runs", async () => {
  const trace = conformance("traces/zero-use.json");
  assert.ok(isAbsolute(trace));
  assert.match(
    await refuse("play", trace),
    /zero-use\.json:1: Cannot read "\{"/,
  );
  assert.match(
    await refuse("play", "nowhere.jsonl"),
    /Cannot read "nowhere\.jsonl": there is no such file or folder$/,
  );
  assert.match(
    await refuse("run", "ksmpages", "--record", "/nowhere/s.jsonl"),
    /Cannot write "\/nowhere\/s\.jsonl": there is no such file or folder$/,
  );
  const { code, out, err } = await spawn(
    ["--allow-read"],
    ...["run", "ksmpages", "--record", "s.jsonl"],
  );
  assert.deepEqual({ code, err }, {
    code: 2,
    err:
      'ksmscope: Cannot write "s.jsonl": deno run needs --allow-write=s.jsonl\n',
  });
  assert.equal(out, "");
});
