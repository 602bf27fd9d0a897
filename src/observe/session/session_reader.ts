/**
 * Sessions read from text, strictly.
 *
 * @module
 */
import { ShapeError } from "./codec.ts";
import { applyDelta, DeltaError } from "./delta.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { SessionError } from "./session_error.ts";
import {
  BRANCH,
  checkSample,
  HEADER,
  SAMPLE,
  type SessionHeader,
  type SessionSample,
} from "./snapshot_codec.ts";

/** A session that has been read. */
export interface Session {
  /** Its first line. */
  readonly header: SessionHeader;
  /** Its samples, oldest first; one at least. */
  readonly samples: readonly SessionSample[];
  /** Whether the last line breaks off, as when a recording was killed; it is left out. */
  readonly isCutOff: boolean;
}

/** A line in its file, for messages. */
interface Line {
  readonly place: string;
  readonly json: JsonObject;
}

/**
 * Reads a session, which messages call `path`.
 *
 * @throws {SessionError} It is not as it must be.
 */
export function parseSession(text: string, path: string): Session {
  const lines = text.split("\n");
  // What stands behind the last line break is nothing, or a line that breaks off.
  const last = lines.pop() ?? "";
  const isCutOff = last !== "" && parsed(last) === undefined;
  if (last !== "" && !isCutOff) lines.push(last);
  const [first, ...rest] = lines.map((line, i) =>
    objectIn(line, `${path}:${i + 1}`)
  );
  if (first === undefined) {
    throw new SessionError(
      `${path}:1`,
      "Cannot play a file without lines: the first must be like " +
        '{"format":"ksmscope-session/2",...}',
    );
  }
  const header = at(first, () => HEADER.read(first.json, ""));
  const samples = samplesIn(rest);
  if (samples.length > 0) return { header, samples, isCutOff };
  if (!isCutOff) {
    throw new SessionError(path, "Cannot play a session without samples");
  }
  throw new SessionError(
    `${path}:${lines.length + 1}`,
    "Cannot play a session whose only sample breaks off",
  );
}

function samplesIn(lines: readonly Line[]): SessionSample[] {
  const samples: SessionSample[] = [];
  let before: JsonObject = {};
  for (const line of lines) {
    if (Object.hasOwn(line.json, "keep")) {
      const { keep } = at(line, () => BRANCH.read(line.json, ""));
      if (keep > samples.length) {
        throw new SessionError(
          line.place,
          `Field "keep" is ${keep}: there are ${samples.length} samples before`,
        );
      }
      samples.length = keep;
      before = {};
    } else {
      const json = at(line, () => applyDelta(before, line.json));
      const sample = at(line, () => SAMPLE.read(json, ""));
      at(line, () => checkSample(sample, samples.at(-1)));
      samples.push(sample);
      before = json;
    }
  }
  return samples;
}

/** Reads something of a line, and says where it is wrong. */
function at<T>({ place }: Line, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof DeltaError) {
      throw new SessionError(place, error.message);
    }
    if (!(error instanceof ShapeError)) throw error;
    const name = error.path.replace(/^\./, "");
    const what = name === "" ? "The line" : `Field "${name}"`;
    throw new SessionError(place, `${what} ${error.message}`);
  }
}

function objectIn(line: string, place: string): Line {
  const json = parsed(line);
  if (isObject(json)) return { place, json };
  const found = json === undefined ? "not JSON" : "no JSON object";
  const start = line.length > 40 ? `${line.slice(0, 40)}...` : line;
  throw new SessionError(
    place,
    `Cannot read ${JSON.stringify(start)}: it is ${found}; ` +
      "each line of a session is one",
  );
}

function parsed(line: string): Json | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
