/**
 * The kernel's `ksm:*` tracepoints, in a trace buffer of our own that leaves the
 * machine's own as it is.
 *
 * @module
 */
import { command } from "./kernel_recorder.ts";

const TRACEFS = "/sys/kernel/tracing";
const BUFFER_KIB = "16384";

/** A buffer that gets all `ksm:*` events. */
export interface KsmEvents {
  /** The file that puts a line of ours between the events. */
  readonly marker: string;
  /** Empties the buffer. */
  clear(): void;
  /** The lines of the buffer, oldest first. */
  lines(): string[];
}

/** Runs `use` with a buffer; undefined where the kernel has no tracefs. */
export function withKsmEvents<T>(
  use: (events: KsmEvents) => T,
): T | undefined {
  return withTracefs((tracefs) => {
    const folder = `${tracefs}/instances/ksmscope-${Deno.pid}`;
    Deno.mkdirSync(folder);
    const write = (file: string, text: string) =>
      Deno.writeTextFileSync(`${folder}/${file}`, text);
    try {
      // Counts up with each event, so that no two processors disagree on the order.
      write("trace_clock", "counter");
      write("buffer_size_kb", BUFFER_KIB);
      write("events/ksm/enable", "1");
      return use({
        marker: `${folder}/trace_marker`,
        clear: () => write("trace", ""),
        lines: () => {
          const text = Deno.readTextFileSync(`${folder}/trace`);
          const [, kept, written] =
            /entries-in-buffer\/entries-written: (\d+)\/(\d+)/.exec(text) ?? [];
          if (kept !== written) {
            throw new Error("The trace buffer is too small");
          }
          return text.split("\n").filter((line) => !line.startsWith("#"));
        },
      });
    } finally {
      write("events/ksm/enable", "0");
      Deno.removeSync(folder);
    }
  });
}

/** Runs `use` with the folder of tracefs, mounted for that time if it is not. */
function withTracefs<T>(use: (tracefs: string) => T): T | undefined {
  if (isTracefs(TRACEFS)) return use(TRACEFS);
  const folder = Deno.makeTempDirSync({ prefix: "ksmscope-tracefs-" });
  const mounted = command("mount", "-t", "tracefs", "nodev", folder).success;
  try {
    return mounted && isTracefs(folder) ? use(folder) : undefined;
  } finally {
    if (mounted) command("umount", folder);
    Deno.removeSync(folder);
  }
}

function isTracefs(folder: string): boolean {
  try {
    return Deno.statSync(`${folder}/events/ksm`).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
