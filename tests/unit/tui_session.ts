/**
 * A process on a terminal device, made by `script` of util-linux.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** A process on a terminal device of its own, and all that it has written. */
export class Session implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  readonly #decoder = new TextDecoder();
  /** All that it has written so far. */
  output = "";

  /** Runs a line of shell, in which `$DENO` is the runtime and `$APP` a file beside this one. */
  constructor(shell: string, app: string) {
    this.#child = new Deno.Command("script", {
      args: ["-qec", shell, "/dev/null"],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
      env: {
        SHELL: "/bin/sh",
        TERM: "xterm",
        DENO: Deno.execPath(),
        APP: fileURLToPath(new URL(app, import.meta.url)),
      },
    }).spawn();
    this.#reader = this.#child.stdout.getReader();
  }

  /** Reads until something has been written, and answers what matched. */
  async until(pattern: RegExp): Promise<RegExpMatchArray> {
    for (;;) {
      const found = this.output.match(pattern);
      if (found !== null) return found;
      const { done, value } = await this.#reader.read();
      if (done) {
        throw new Error(`no ${pattern} in ${JSON.stringify(this.output)}`);
      }
      this.output += this.#decoder.decode(value, { stream: true });
    }
  }

  /** Types keys, or any bytes. */
  async type(keys: string | Uint8Array): Promise<void> {
    const writer = this.#child.stdin.getWriter();
    const bytes = typeof keys === "string"
      ? new TextEncoder().encode(keys)
      : keys;
    await writer.write(bytes);
    writer.releaseLock();
  }

  /** Waits for its end. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child.stdin.close();
    await this.#reader.cancel();
    await this.#child.status;
  }
}
