/**
 * Deno's own commands on made-up files, in a folder that is gone afterwards.
 *
 * @module
 */
import assert from "node:assert/strict";

/** What a command printed, without colours, and how it ended. */
export interface CommandResult {
  /** 0 for success. */
  readonly code: number;
  /** stdout, then stderr. */
  readonly text: string;
}

/** Runs `deno` with arguments. */
export async function deno(...args: string[]): Promise<CommandResult> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** Gives a new folder to a function, and removes it whatever happens. */
export async function inFolder<T>(
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  try {
    return await use(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/**
 * Type-checks one source under a configuration, the contents of a `deno.json`,
 * and answers the lines with errors, ascending, each once.
 */
export function denoCheck(source: string, config: object): Promise<number[]> {
  return inFolder(async (folder) => {
    const [file, configFile] = [`${folder}/made_up.ts`, `${folder}/deno.json`];
    Deno.writeTextFileSync(file, source);
    Deno.writeTextFileSync(configFile, JSON.stringify(config));
    const args = ["check", "--quiet", "--no-lock", "--config", configFile];
    const { code, text } = await deno(...args, file);
    const lines = text.matchAll(/made_up\.ts:(\d+):\d+/g)
      .map(([, line]) => Number(line)).toArray();
    assert.equal(code === 0, lines.length === 0, text);
    return [...new Set(lines)].sort((a, b) => a - b);
  });
}
