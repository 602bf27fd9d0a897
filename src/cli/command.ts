/**
 * A command as data.
 *
 * @module
 */
import type { Parameter } from "./parameter.ts";
import type { Streams } from "./streams.ts";

/** A list in help: what each word means. */
export interface HelpList {
  /** Stands above. */
  readonly heading: string;
  /** Words, and lines on what they mean. */
  readonly rows: readonly {
    readonly word: string;
    readonly lines: readonly string[];
  }[];
}

/** A command whose parameters have the types of `Values`. */
export interface CommandSpec<Values> {
  /** The word that calls it. */
  readonly name: string;
  /** What it does, in a line. */
  readonly summary: string;
  /** Called as an example in its help: the words after the program's name. */
  readonly example: string;
  /** What its help says besides, as lists under headings. */
  readonly more?: readonly HelpList[];
  /** Its operands and options, by the names under which it gets their values. */
  readonly parameters: {
    readonly [Name in keyof Values]: Parameter<Values[Name]>;
  };
  /** Does it, and answers the exit code. */
  readonly run: (values: Values, streams: Streams) => Promise<number> | number;
}

/** The texts given for a parameter. */
export type Given = (parameter: Parameter<unknown>) => readonly string[];

/** A command, whatever its parameters. */
export interface Command {
  /** The word that calls it. */
  readonly name: string;
  /** What it does, in a line. */
  readonly summary: string;
  /** Called as an example in its help: the words after the program's name. */
  readonly example: string;
  /** What its help says besides. */
  readonly more?: readonly HelpList[];
  /** Its operands and options. */
  readonly parameters: readonly Parameter<unknown>[];
  /** Reads the values of all parameters and does it; answers the exit code. */
  run(given: Given, streams: Streams): Promise<number>;
}

/** Makes a command that checks its parameters itself. */
export function command<Values extends object>(
  { name, summary, example, more, parameters, run }: CommandSpec<Values>,
): Command {
  const entries = Object.entries<Parameter<unknown>>(parameters);
  return {
    name,
    summary,
    example,
    ...(more === undefined ? {} : { more }),
    parameters: entries.map(([, parameter]) => parameter),
    run: async (given, streams) => {
      const values = Object.fromEntries(
        entries.map((
          [name, parameter],
        ) => [name, parameter.read(given(parameter))]),
      );
      return await run(values as Values, streams);
    },
  };
}
