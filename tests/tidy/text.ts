/**
 * What a look at a file's text and path can tell.
 *
 * @module
 */
import { emptyWord } from "./lint/names.ts";
import { type Breach, isCode, lineAt, type Source } from "./sources.ts";

/** Lines of a file of code at most. */
export const FILE_LINES = 400;

/** Files of code, tests too, that are longer than one idea. */
export function longFiles(sources: readonly Source[]): Breach[] {
  return sources.filter(isCode).flatMap(({ path, text }) => {
    const lines = text.replace(/\n$/, "").split("\n").length;
    if (lines <= FILE_LINES) return [];
    const message = `${lines} lines; at most ${FILE_LINES} are allowed`;
    return [{ place: path, message }];
  });
}

/** Files and folders with names that would fit anything. */
export function emptyFileNames(sources: readonly Source[]): Breach[] {
  return sources.flatMap(({ path }) => {
    const word = emptyWord(path);
    if (word === undefined) return [];
    return [{ place: path, message: `The word ${word} fits anything` }];
  });
}

/** A pattern, and what is wrong with text that it matches. */
type Banned = readonly [pattern: RegExp, message: string];

/** Every place where a text matches a banned pattern. */
function places({ path, text }: Source, banned: readonly Banned[]): Breach[] {
  return banned.flatMap(([pattern, message]) =>
    text.matchAll(pattern).map((match) => ({
      place: `${path}:${lineAt(text, match.index)}`,
      message: `${match[0].trim()}: ${message}`,
    })).toArray()
  );
}

// One letter of each pattern is in brackets, so that this file does not match.
const EXCUSES: readonly Banned[] = [
  [/\b(?:TOD[O]|FIXM[E]|XX[X])\b/g, "work that is left over is an issue"],
  [/@ts-(?:ignor[e]|nochec[k])\b/g, "it hides every type error"],
  [/\bden[o]-lint-ignore\b/g, "a rule holds everywhere"],
];

/** Marks of unfinished work and of checks switched off. */
export function excuses(sources: readonly Source[]): Breach[] {
  return sources.filter((source) => !isData(source))
    .flatMap((source) => places(source, EXCUSES));
}

/** Recorded data, and the lock file, are nobody's prose. */
function isData({ path }: Source): boolean {
  return path === "deno.lock" || path.startsWith("tests/conformance/");
}

const MACHINES: readonly Banned[] = [
  [/\bregistr[y]\.[\w-]+\.[\w.-]+/g, "a package has no home in the sources"],
  [
    /(?:file:\/\/|(?<![\w.~*)}\]/-]))\/(?:wor[k]|hom[e]|roo[t]|User[s])\/[\w.-]+/g,
    "other computers have no such path",
  ],
];

/** Hosts of package registries, and paths of the computer that a file was written on. */
export function machineTraces(sources: readonly Source[]): Breach[] {
  return sources.filter(({ path }) => path !== "deno.lock")
    .flatMap((source) => places(source, MACHINES));
}
