/**
 * What is seen, as a file.
 *
 * @module
 */
import { snapshotJson } from "../observe/snapshot_json.ts";
import type { DashboardState } from "./state.ts";

/** A way to write out what is seen. */
export type ExportFormat = "text" | "json";

/** The ways, in words. */
export const EXPORTS: readonly {
  readonly format: ExportFormat;
  readonly what: string;
}[] = [
  { format: "text", what: "this screen as plain text" },
  { format: "json", what: "everything behind it as JSON" },
];

/** What came of writing a file. */
export type SaveAnswer =
  /** It is there. */
  | { readonly kind: "written" }
  /** There was a file of this name before. */
  | { readonly kind: "taken" }
  /** It cannot be written. */
  | { readonly kind: "refused"; readonly why: string };

/** Writes a new file in the user's folder, and never over one that is there. */
export type Save = (name: string, text: string) => SaveAnswer;

const ENDINGS: Readonly<Record<ExportFormat, string>> = {
  text: "txt",
  json: "json",
};

/** Names that are tried before one gives up. */
const TRIES = 1000;

/** The name of a file with what is seen; of several ones, the one with that number. */
export function exportName(
  { snapshot: { title, counters } }: Pick<DashboardState, "snapshot">,
  format: ExportFormat,
  number: number,
): string {
  const safe = title.replaceAll(/[^\w.-]+/g, "-").replace(/^[-.]+|[-.]+$/g, "");
  const again = number === 1 ? "" : `-${number}`;
  return `ksmscope-${safe}-${counters.fullScans}${again}.${ENDINGS[format]}`;
}

/** All behind the screen as JSON: the snapshot, and the answers to what was asked. */
export function stateJson({ snapshot, details }: DashboardState): string {
  return snapshotJson(snapshot, { details });
}

/** Writes a text under the first name that is free; says what came of it. */
export function exported(
  state: DashboardState,
  format: ExportFormat,
  text: string,
  save: Save,
): string {
  for (let number = 1; number <= TRIES; number++) {
    const name = exportName(state, format, number);
    const answer = save(name, text);
    switch (answer.kind) {
      case "written":
        return `Written: ${name}`;
      case "refused":
        return answer.why;
    }
  }
  const last = exportName(state, format, TRIES);
  return `Cannot export: there are ${TRIES} files up to ${last}`;
}
