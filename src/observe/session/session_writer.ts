/**
 * Sessions as text, line by line.
 *
 * @module
 */
import type { Happened } from "../rewind.ts";
import type { Snapshot } from "../snapshot.ts";
import type { DetailSource, SharingMatrix, TreesDrawing } from "../detail.ts";
import { deltaOf } from "./delta.ts";
import type { JsonObject } from "./json.ts";
import { sharingRecord } from "./sharing_record.ts";
import { RECORDED_LEVELS, treesRecord } from "./trees_record.ts";
import { BRANCH, HEADER, SAMPLE } from "./snapshot_codec.ts";

/** What is recorded of what a source tells when it is asked; why a page is not merged is not, since there are too many pages. */
export interface RecordedDetails {
  /** The top of the trees; missing where the source cannot see it. */
  readonly trees?: TreesDrawing;
  /** Who shares with whom; likewise. */
  readonly sharing?: SharingMatrix;
}

/** Asks a source for what is to be recorded. */
export function recordedDetails(source: DetailSource): RecordedDetails {
  const trees = source.detail("trees", { levels: RECORDED_LEVELS });
  const sharing = source.detail("sharing", {});
  return { ...(trees && { trees }), ...(sharing && { sharing }) };
}

/** What is recorded of a sample besides its snapshot. */
export interface SampleNotes extends RecordedDetails {
  /** The workload's name for this moment. */
  readonly label: string | undefined;
  /** How often what has happened so far that one can look for. */
  readonly happened: Happened;
}

/** The format that is written. */
const FORMAT = "ksmscope-session/2";

/** Writes one session. Each call answers what is to be added to the file. */
export class SessionWriter {
  readonly #caption: string | undefined;
  #hasBegun = false;
  /** The last sample; empty before the first, and where the next one is to be written in whole. */
  #before: JsonObject = {};

  /** With what to watch in the session, if there is something. */
  constructor(caption?: string) {
    this.#caption = caption;
  }

  /** One more sample; before the first the session's header. */
  sample(snapshot: Snapshot, notes: SampleNotes): string {
    const { label, happened, trees, sharing } = notes;
    const { title, model, pageBytes, ...rest } = snapshot;
    const { knobs } = snapshot;
    const header = this.#hasBegun ? "" : lineOf(
      HEADER.write({
        format: FORMAT,
        ...(this.#caption !== undefined && { caption: this.#caption }),
        title,
        model,
        pageBytes,
        knobs,
      }),
    );
    this.#hasBegun = true;
    const sample = SAMPLE.write({
      ...rest,
      happened,
      ...(label === undefined ? {} : { label }),
      ...(trees && { trees: treesRecord(trees) }),
      ...(sharing && { sharing: sharingRecord(sharing) }),
    });
    const delta = deltaOf(this.#before, sample);
    this.#before = sample;
    return header + lineOf(delta);
  }

  /** What comes next follows the first `keep` samples, and the others are forgotten. */
  branch(keep: number): string {
    this.#before = {};
    return lineOf(BRANCH.write({ keep }));
  }
}

function lineOf(json: JsonObject): string {
  return `${JSON.stringify(json)}\n`;
}
