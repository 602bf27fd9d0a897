/**
 * Sessions: what was to be seen, recorded line by line and played again.
 *
 * | file                | idea                                            |
 * | ------------------- | ----------------------------------------------- |
 * | `snapshot_codec.ts` | each part of a sample, field by field           |
 * | `codec.ts`          | what such a part is made of, and how it is read |
 * | `page_text.ts`      | page maps as runs of letters                    |
 * | `delta.ts`          | what has changed since the line before          |
 * | `trees_record.ts`   | the drawn top of the trees, and chains          |
 * | `tree_text.ts`      | their nodes as short texts                      |
 * | `sharing_record.ts` | who shares with whom                            |
 * | `session_writer.ts` | samples to lines                                |
 * | `session_recorder.ts` | a machine that is recorded, branches included   |
 * | `session_reader.ts` | lines to samples, or what is wrong with them    |
 * | `session_source.ts` | samples as a source that can go back            |
 *
 * @module
 */
export { SessionError } from "./session_error.ts";
export * from "./session_reader.ts";
export * from "./session_recorder.ts";
export * from "./session_source.ts";
export * from "./session_writer.ts";
export type {
  SessionConstants,
  SessionFormat,
  SessionHeader,
  SessionSample,
} from "./snapshot_codec.ts";
export type { SharerRecord, SharingRecord } from "./sharing_record.ts";
export type { ChainRecord, TreeRecord, TreesRecord } from "./trees_record.ts";
