/**
 * What a command takes: its operands and options, typed.
 *
 * @module
 */

/** One operand or option of a command, and how its text becomes a value. */
export interface Parameter<Value> {
  /** Operands are told by their place, options by their name. */
  readonly kind: "operand" | "option";
  /** As help shows it: `<file>` (must be given), `[workload]` (may), `--seed <number>`, `--json`. */
  readonly spelling: string;
  /** What it is for, as help says it. */
  readonly help: string;
  /** The value of what was given, in order; an option without text gives "". */
  readonly read: (given: readonly string[]) => Value;
}

/** An operand that must be given. */
export function required(name: string, help: string): Parameter<string> {
  const read = (given: readonly string[]) => given[0];
  return { kind: "operand", spelling: `<${name}>`, help, read };
}

/** An operand that may be given. */
export function optional(
  name: string,
  help: string,
): Parameter<string | undefined> {
  const read = (given: readonly string[]) => given.at(0);
  return { kind: "operand", spelling: `[${name}]`, help, read };
}

/** An option with a text, which counts once: the last one wins. */
export function option<Value>(
  spelling: string,
  help: string,
  parse: (text: string) => Value,
): Parameter<Value | undefined> {
  const read = (given: readonly string[]) => given.map(parse).at(-1);
  return { kind: "option", spelling, help, read };
}

/** An option with a text that may be given several times. */
export function repeatable<Value>(
  spelling: string,
  help: string,
  parse: (text: string) => Value,
): Parameter<Value[]> {
  const read = (given: readonly string[]) => given.map(parse);
  return { kind: "option", spelling, help: `${help} (repeatable)`, read };
}

/** An option without a text. */
export function flag(spelling: string, help: string): Parameter<boolean> {
  const read = (given: readonly string[]) => given.length > 0;
  return { kind: "option", spelling, help, read };
}
