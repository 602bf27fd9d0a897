/**
 * All formats of samples, by the names that people choose them by.
 *
 * @module
 */
import type { SampleFormat } from "./sample.ts";
import { SAMPLE_CSV } from "./sample_csv.ts";
import { SAMPLE_JSON, SAMPLE_JSON_LINES } from "./sample_json.ts";
import { SAMPLE_TABLE } from "./sample_table.ts";

/** The name of a format. */
export type SampleFormatName = "table" | "json" | "jsonl" | "csv";

/** The formats by name. */
export const SAMPLE_FORMATS: Readonly<Record<SampleFormatName, SampleFormat>> =
  {
    table: SAMPLE_TABLE,
    json: SAMPLE_JSON,
    jsonl: SAMPLE_JSON_LINES,
    csv: SAMPLE_CSV,
  };
