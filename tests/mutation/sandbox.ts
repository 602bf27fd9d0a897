/**
 * A copy of what the conformance test and the explorer need, in which one file at
 * a time is changed.
 *
 * @module
 */
import { pathOf } from "../tidy/sources.ts";
import type { Mutant } from "./mutants/mod.ts";
import type { Trial } from "./trials.ts";

/** What came of one mutant. */
export type Outcome =
  /** It was noticed; by what. */
  | { readonly kind: "killed"; readonly by: string }
  /** Nothing was noticed. */
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

  /** What a trial finds wrong with the unchanged copy; undefined if nothing. */
  check(trial: Trial): Promise<string | undefined> {
    return trial(this.#folder);
  }

  /** Applies a mutant, has it tried, and takes it back. */
  async try(mutant: Mutant, trial: Trial): Promise<Outcome> {
    const count = occurrences(mutant);
    if (count !== 1) return { kind: "stale", occurrences: count };
    const path = `${this.#folder}/${mutant.file}`;
    const text = await Deno.readTextFile(path);
    const changed = text.replace(mutant.from, () => mutant.to);
    await Deno.writeTextFile(path, changed);
    try {
      const by = await trial(this.#folder);
      return by === undefined ? { kind: "survived" } : { kind: "killed", by };
    } finally {
      await Deno.writeTextFile(path, text);
    }
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
