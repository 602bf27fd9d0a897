/**
 * Plain data on a tape, in few bytes.
 *
 * Operations of a workload look much alike: the fields and their types are
 * written once, as a form with a number, and so is each text that is short.
 * What is left of an operation is some numbers, mostly a byte or two each:
 *
 * ```
 *   {op: "fill", proc: "vm-a", start: 64, count: 16}
 *   form 3 {op:s,proc:s,start:n,count:n,}   03  texts 5 and 9   06 0a  40 10
 * ```
 *
 * @module
 */
import type { ByteTape, TapeReader } from "./byte_tape.ts";

/** Texts that have a number at most; the others are written out. */
const TEXTS_MAX = 65_536;

/** The longest text that has a number. */
const TEXT_LETTERS_MAX = 40;

/** What a form says of one value. */
type Form =
  | { readonly kind: "whole" | "number" | "text" | "yes" | "no" }
  | { readonly kind: "list"; readonly items: readonly Form[] }
  | {
    readonly kind: "object";
    readonly fields: readonly (readonly [string, Form])[];
  };

const SCALARS = {
  whole: { kind: "whole" },
  number: { kind: "number" },
  text: { kind: "text" },
  yes: { kind: "yes" },
  no: { kind: "no" },
} as const satisfies Record<string, Form>;

/** Writes and reads values that are made of objects, lists, texts, numbers and truth values. */
export class DataTape<T extends object> {
  readonly #forms: Form[] = [];
  readonly #formNumbers = new Map<string, number>();
  readonly #texts: string[] = [];
  readonly #textNumbers = new Map<string, number>();

  /** Writes a value at the end of a tape. */
  write(tape: ByteTape, value: T): void {
    const key = keyOf(value);
    let number = this.#formNumbers.get(key);
    if (number === undefined) {
      number = this.#forms.push(formOf(value)) - 1;
      this.#formNumbers.set(key, number);
    }
    tape.writeWhole(number);
    this.#writeParts(tape, value);
  }

  /** Reads the value that is next. */
  read(reader: TapeReader): T {
    const form = this.#forms[reader.readWhole()];
    return this.#readParts(reader, form) as T;
  }

  #writeParts(tape: ByteTape, value: unknown): void {
    switch (typeof value) {
      case "number":
        if (isWhole(value)) tape.writeWhole(value);
        else tape.writeNumber(value);
        break;
      case "string":
        this.#writeText(tape, value);
        break;
      case "object":
        for (const part in value) {
          this.#writeParts(tape, value[part as keyof typeof value]);
        }
    }
  }

  /** One more than the text's number; 0 before a text that is written out. */
  #writeText(tape: ByteTape, text: string): void {
    let number = this.#textNumbers.get(text);
    const isNew = number === undefined && text.length <= TEXT_LETTERS_MAX &&
      this.#texts.length < TEXTS_MAX;
    if (isNew) {
      number = this.#texts.push(text);
      this.#textNumbers.set(text, number);
    }
    tape.writeWhole(number ?? 0);
    if (number === undefined) tape.writeText(text);
  }

  #readParts(reader: TapeReader, form: Form): unknown {
    switch (form.kind) {
      case "whole":
        return reader.readWhole();
      case "number":
        return reader.readNumber();
      case "text": {
        const number = reader.readWhole();
        return number === 0 ? reader.readText() : this.#texts[number - 1];
      }
      case "yes":
      case "no":
        return form.kind === "yes";
      case "list":
        return form.items.map((item) => this.#readParts(reader, item));
      case "object": {
        const object: Record<string, unknown> = {};
        for (const [name, field] of form.fields) {
          object[name] = this.#readParts(reader, field);
        }
        return object;
      }
    }
  }
}

/** What {@linkcode ByteTape.writeWhole} can write; -0 is none. */
function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
}

/** A text that is the same for values of the same form, and for no others. */
function keyOf(value: unknown): string {
  switch (typeof value) {
    case "number":
      return isWhole(value) ? "w" : "d";
    case "string":
      return "s";
    case "boolean":
      return value ? "y" : "n";
  }
  let key = Array.isArray(value) ? "[" : "{";
  const parts = value as Record<string, unknown>;
  for (const part in parts) {
    if (!Array.isArray(value)) key += `${part.length}:${part}`;
    key += keyOf(parts[part]);
  }
  return key + "]";
}

function formOf(value: unknown): Form {
  switch (typeof value) {
    case "number":
      return isWhole(value) ? SCALARS.whole : SCALARS.number;
    case "string":
      return SCALARS.text;
    case "boolean":
      return value ? SCALARS.yes : SCALARS.no;
  }
  if (Array.isArray(value)) return { kind: "list", items: value.map(formOf) };
  const fields = Object.entries(value as Record<string, unknown>).map(
    ([name, field]) => [name, formOf(field)] as const,
  );
  return { kind: "object", fields };
}
