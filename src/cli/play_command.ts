/**
 * `play`: a recorded session to look at.
 *
 * @module
 */
import { parseSession, type Session, SessionSource } from "../observe/mod.ts";
import {
  SAMPLE_FORMATS,
  type SampleFormatName,
} from "../observe/sample_formats.ts";
import { type LookOptions, showSource } from "./dashboard_command.ts";
import { EXIT } from "./exit.ts";
import { readText } from "./files.ts";
import type { Streams } from "./streams.ts";

/** How a session is played. */
export interface PlayOptions extends LookOptions {
  /** The file. */
  readonly session: string;
  /** How samples are printed instead of shown. */
  readonly format: SampleFormatName | undefined;
}

/** Shows a session; prints its samples where there is no terminal, or a format is asked for. Answers the exit code. */
export async function playSession(
  { session: path, format, ...look }: PlayOptions,
  streams: Streams,
): Promise<number> {
  const session = parseSession(readText(path), path);
  const shows = streams.isInteractive && format === undefined;
  if (!shows) printSamples(session, format ?? "table", streams);
  const code = shows
    ? await showSource(
      { source: new SessionSource(session), caption: session.header.caption },
      look,
    )
    : EXIT.ok;
  // Said at the end, since a dashboard would hide it.
  if (session.isCutOff) {
    streams.err(
      `ksmscope: the last line of "${path}" breaks off, and was left out\n`,
    );
  }
  return code;
}

function printSamples(
  { header, samples }: Session,
  name: SampleFormatName,
  streams: Streams,
): void {
  const format = SAMPLE_FORMATS[name];
  streams.out(format.begin(header));
  for (const [i, sample] of samples.entries()) {
    streams.out(format.sample(sample, i));
  }
  streams.out(format.end(samples.length));
}
