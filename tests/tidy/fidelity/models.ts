/**
 * The doc lines by which the engine says which kernel functions it models:
 *
 * ```text
 *   Models: ksm_get_folio(), mm/ksm.c
 *   Differs: the frame number is not read again, because pages do not migrate.
 * ```
 *
 * `Models` has one function a line, and one line a function in the whole engine.
 * `Differs` holds for all functions of its comment; it may go on in the lines
 * that follow, and gives its reason after `because`.
 *
 * @module
 */
import { type Breach, isCode, lineAt, type Source } from "../sources.ts";

/** One kernel function and what models it. */
export interface Model {
  /** The kernel's function, without parentheses. */
  readonly kernelFunction: string;
  /** Its file in the kernel's sources. */
  readonly kernelFile: string;
  /** What models it: a function, or a class or function and its member. */
  readonly symbol: string;
  /** The file of that. */
  readonly path: string;
  /** In what it differs; undefined where it does not. */
  readonly differs: string | undefined;
}

/** What the sources say, and where they say it wrongly. */
export interface Models {
  /** Every model, in the order of files and lines. */
  readonly models: readonly Model[];
  /** Lines out of form, and functions named twice. */
  readonly breaches: readonly Breach[];
}

/** The folder whose doc lines count. */
const MODELLING = "src/engine/";

const COMMENT = /\/\*\*([\s\S]*?)\*\/[ \t]*\n([^\n]*)/g;

const DECLARATION =
  /^(?:export )?(?:function\*?|class|const|interface) ([\w$]+)/;

const MEMBER = /^ +(?:readonly |static |get )*\*?(#?[\w$]+) ?[(:<?]/;

/** Reads the doc lines of all files that model something. */
export function readModels(sources: readonly Source[]): Models {
  const models: Model[] = [];
  const breaches: Breach[] = [];
  const placeOf = new Map<string, string>();
  for (const source of sources) {
    if (!isCode(source) || !source.path.startsWith(MODELLING)) continue;
    for (const match of source.text.matchAll(COMMENT)) {
      const place = `${source.path}:${lineAt(source.text, match.index)}`;
      const found = modelsOf(source, match.index, match[1], match[2]);
      for (const message of found.messages) breaches.push({ place, message });
      for (const model of found.models) {
        const other = placeOf.get(model.kernelFunction);
        if (other !== undefined) {
          const message = `${model.kernelFunction}() is modelled at ${other}`;
          breaches.push({ place, message });
        }
        placeOf.set(model.kernelFunction, place);
        models.push(model);
      }
    }
  }
  return { models, breaches };
}

/** One comment's models, and what is out of form there. */
function modelsOf(
  source: Source,
  index: number,
  comment: string,
  declaration: string,
): { models: Model[]; messages: string[] } {
  const text = comment.replaceAll(/^ *\* ?/gm, "").trim();
  const named = fields(text, "Models");
  const [differs, ...more] = fields(text, "Differs");
  const messages: string[] = [];
  const mentions = text.match(/\b(?:Models|Differs): /g)?.length ?? 0;
  const known = named.length + more.length + (differs === undefined ? 0 : 1);
  if (mentions !== known) messages.push("Models and Differs begin a line");
  if (more.length > 0) messages.push("Differs stands once in a comment");
  if (differs !== undefined) {
    if (named.length === 0) messages.push("Differs needs a line of Models");
    if (!/, because .*\.$/.test(differs)) {
      messages.push("Differs gives its reason after `because`, as a sentence");
    }
  }
  const symbol = symbolAt(source.text, index, declaration);
  if (named.length > 0 && symbol === undefined) {
    messages.push("Models stands above what models it");
  }
  const models = named.flatMap((line) => {
    const form = /^(\w+)\(\), ([\w-]+(?:\/[\w-]+)+\.[ch])$/.exec(line);
    if (form === null) {
      messages.push(`Models: ${line}: the form is name(), folder/file.c`);
      return [];
    }
    const [, kernelFunction, kernelFile] = form;
    const { path } = source;
    return [{
      kernelFunction,
      kernelFile,
      symbol: symbol ?? "",
      path,
      differs,
    }];
  });
  return { models, messages };
}

/** The texts behind `name:`, each up to the next field, an empty line or the end. */
function fields(text: string, name: string): string[] {
  const pattern = new RegExp(
    `^${name}: ((?:.|\\n(?!\\n|Models:|Differs:))*)`,
    "gm",
  );
  return Array.from(
    text.matchAll(pattern),
    (match) => match[1].replaceAll("\n", " ").trim(),
  );
}

/** The name of what is declared below a comment; a member's with its owner's in front. */
function symbolAt(
  text: string,
  index: number,
  declaration: string,
): string | undefined {
  const own = DECLARATION.exec(declaration)?.[1];
  if (own !== undefined) return own;
  const member = MEMBER.exec(declaration)?.[1];
  const owner = text.slice(0, index).split("\n").reverse()
    .map((line) => DECLARATION.exec(line)?.[1])
    .find((name) => name !== undefined);
  return member === undefined || owner === undefined
    ? undefined
    : `${owner}.${member}`;
}
