/**
 * One actor in full: what it does, which lock it waits for, and who waits for
 * it.
 *
 * @module
 */
import { printable } from "../../observe/printable.ts";
import type {
  ActorView,
  LockWaitView,
  Snapshot,
} from "../../observe/snapshot.ts";
import { Box, type Element, Text } from "../../tui/mod.ts";
import { type ActorLine, waitWords } from "../actor_lines.ts";
import { nanosText } from "../figures.ts";
import type { Symbols } from "../symbols.ts";
import { NO_TIME } from "./locks.tsx";
import type { Heading } from "./rule.ts";

/** Rows of the detail. */
export const ACTOR_DETAIL_ROWS = 4;

const NAME_COLUMNS = 15;

/** Heading of the detail: the actor and what it is. */
export function actorHeading({ actor }: ActorLine): Heading {
  return [{
    start: [{ text: actor.name, bold: true }, { text: `  ${actor.kind}` }],
  }];
}

/** What an actor does, which of one that sleeps is how long. */
function doesLine({ state, doing }: ActorView): readonly [string, string] {
  return [state === "sleeping" ? "sleeps" : "does", doing];
}

/** A wait of somebody else. */
function waiterText(
  snapshot: Snapshot,
  wait: LockWaitView,
  { micro }: Symbols,
): string {
  const time = nanosText(wait.waitedNanos, micro).trim();
  return `${wait.actor} ${time} for ${waitWords(snapshot, wait)}`;
}

/** Props of {@linkcode ActorDetail}. */
export interface ActorDetailProps {
  /** What is to be seen. */
  readonly snapshot: Snapshot;
  /** The actor. */
  readonly line: ActorLine;
  /** The characters to draw with. */
  readonly symbols: Symbols;
}

/** A line for each of the four questions. */
export function ActorDetail(props: ActorDetailProps): Element {
  const { snapshot, line, symbols } = props;
  const { actor, wait, keepsWaiting } = line;
  const time = wait && nanosText(wait.waitedNanos, symbols.micro).trim();
  const waits = wait &&
    `${time} for ${waitWords(snapshot, wait)} at ${wait.site}`;
  const holders = wait?.holders
    .map((holder) => `${holder.actor} at ${holder.site}`).join(", ");
  const waiters = keepsWaiting
    .map((one) => waiterText(snapshot, one, symbols)).join(", ");
  const lines = [
    doesLine(actor),
    ["waits", waits],
    ["held by", holders],
    ["keeps waiting", waiters],
  ] as const;
  return (
    <Box flexDirection="column" height={ACTOR_DETAIL_ROWS} flexShrink={0}>
      {lines.map(([name, text = ""]) => (
        <Text wrap="truncate">
          <Text dim>{name.padEnd(NAME_COLUMNS)}</Text>
          {text === "" ? NO_TIME : printable(text)}
        </Text>
      ))}
    </Box>
  );
}
