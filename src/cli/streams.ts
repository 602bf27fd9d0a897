/**
 * Where the CLI writes.
 *
 * @module
 */
import { UserError } from "./user_error.ts";

/** stdout and stderr. */
export interface Streams {
  /** Whether a person looks at stdout. */
  readonly isTerminal: boolean;
  /** Whether that person can press keys and sees more than lines: stdin is a terminal, too, and not a dumb one. */
  readonly isInteractive: boolean;
  /** Writes to stdout. */
  out(text: string): void;
  /** Writes to stderr, as long as somebody reads it. */
  err(text: string): void;
}

/**
 * The streams of this process. A reader of stdout that has gone away is a
 * `BrokenPipe` error, a full disk and the like the user's; where stderr cannot
 * be written to, there is nobody to tell.
 */
export function denoStreams(): Streams {
  const isTerminal = Deno.stdout.isTerminal();
  return {
    isTerminal,
    isInteractive: isTerminal && Deno.stdin.isTerminal() && !isDumb(),
    out: (text) => {
      try {
        writeAll(Deno.stdout, text);
      } catch (error) {
        if (error instanceof Deno.errors.BrokenPipe) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        throw new UserError(`Cannot write to stdout: ${reason}`);
      }
    },
    err: (text) => {
      try {
        writeAll(Deno.stderr, text);
      } catch {
        return;
      }
    },
  };
}

/** Whether the terminal knows no escape codes, as far as one may know without asking. */
function isDumb(): boolean {
  const { state } = Deno.permissions.querySync({
    name: "env",
    variable: "TERM",
  });
  return state === "granted" && Deno.env.get("TERM") === "dumb";
}

function writeAll(
  stream: { writeSync(bytes: Uint8Array): number },
  text: string,
): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
}
