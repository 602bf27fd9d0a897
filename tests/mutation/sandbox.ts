/**
 * A copy of what the conformance test needs, in which one file at a time is
 * changed.
 *
 * @module
 */
import { pathOf } from "../tidy/sources.ts";
import type { Mutant } from "./mutants/mod.ts";

/** What came of one mutant. */
export type Outcome =
  /** A trace noticed; its name, or why none is named. */
  | { readonly kind: "killed"; readonly by: string }
  /** All traces passed. */
  | { readonly kind: "survived" }
  /** The text to replace is not there, or there more than once. */
  | { readonly kind: "stale"; readonly occurrences: number };

/** Files and folders of the copy. */
const NEEDED = [
  "deno.json",
  "deno.lock",
  "mod.ts",
  "src",
  "tests/conformance",
  "tests/tidy",
];

const TEST = "tests/conformance/replay_test.ts";

/** The tests of single traces, without the two whose names begin with `large-`. */
const SMALL_TRACES = "/^the engine answers ([^l]|l[^a])/";

/** A mutant that loops is stopped after this time. */
const PATIENCE_MILLIS = 60_000;

/** How often a mutant's text stands in its file. */
export function occurrences({ file, from }: Mutant): number {
  return Deno.readTextFileSync(pathOf(file)).split(from).length - 1;
}

/** A folder with a copy of the project's files. */
export class Sandbox {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** A fresh copy in a folder of its own. */
  static async create(): Promise<Sandbox> {
    const folder = await Deno.makeTempDir({ prefix: "ksmscope-mutants-" });
    for (const name of NEEDED) await copy(pathOf(name), `${folder}/${name}`);
    return new Sandbox(folder);
  }

  /** Removes the copy. */
  async remove(): Promise<void> {
    await Deno.remove(this.#folder, { recursive: true });
  }

  /** Runs the traces on the unchanged copy; undefined if all pass, else what failed. */
  async check(): Promise<string | undefined> {
    const outcome = await this.#runTraces();
    return outcome.kind === "killed" ? outcome.by : undefined;
  }

  /** Applies a mutant, runs the traces, and takes the mutant back. */
  async try(mutant: Mutant): Promise<Outcome> {
    const count = occurrences(mutant);
    if (count !== 1) return { kind: "stale", occurrences: count };
    const path = `${this.#folder}/${mutant.file}`;
    const text = await Deno.readTextFile(path);
    const changed = text.replace(mutant.from, () => mutant.to);
    await Deno.writeTextFile(path, changed);
    try {
      return await this.#runTraces();
    } finally {
      await Deno.writeTextFile(path, text);
    }
  }

  async #runTraces(): Promise<Outcome> {
    const process = new Deno.Command(Deno.execPath(), {
      args: [
        "test",
        "--allow-all",
        "--no-check",
        "--fail-fast",
        "--filter",
        SMALL_TRACES,
        TEST,
      ],
      cwd: this.#folder,
      env: { NO_COLOR: "1" },
      signal: AbortSignal.timeout(PATIENCE_MILLIS),
      stdout: "piped",
      stderr: "piped",
    });
    const { success, stdout, stderr, signal } = await process.output();
    if (success) return { kind: "survived" };
    if (signal !== null) return { kind: "killed", by: "it does not end" };
    const output = new TextDecoder().decode(stdout);
    const trace = /^the engine answers (\S+) .*FAILED/m.exec(output)?.[1];
    if (trace !== undefined) return { kind: "killed", by: trace };
    throw new Error(
      `The traces did not run:\n${output}${new TextDecoder().decode(stderr)}`,
    );
  }
}

async function copy(from: string, to: string): Promise<void> {
  if (!(await Deno.stat(from)).isDirectory) {
    await Deno.copyFile(from, to);
    return;
  }
  await Deno.mkdir(to, { recursive: true });
  for await (const { name } of Deno.readDir(from)) {
    await copy(`${from}/${name}`, `${to}/${name}`);
  }
}
