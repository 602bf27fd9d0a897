/**
 * Invariants of page contents.
 *
 * @module
 */
import type { Content } from "../../engine/mm/mod.ts";
import type { Machine } from "../machine.ts";
import { broken } from "./invariant.ts";

/**
 * What holds of contents after every step. A process that is about to write a
 * page holds a reference on what it writes, so that there may be more than the
 * frames account for.
 */
export function checkContents(machine: Machine): void {
  const { contents } = machine.memory;
  const users = usersOf(machine);
  if (contents.live < users.size) {
    broken("contents", `${contents.live} in use, frames hold ${users.size}`);
  }
  for (const [content, expected] of users) {
    const refs = contents.refs(content);
    if (refs < expected) {
      broken(
        "contents",
        `content ${content} has ${refs} for ${expected} users`,
      );
    }
  }
}

/** What holds of contents where no actor is inside an operation. */
export function checkContentsAtRest(machine: Machine): void {
  const { contents } = machine.memory;
  const users = usersOf(machine);
  if (contents.live !== users.size) {
    broken(
      "contents at rest",
      `${contents.live} in use, frames hold ${users.size}`,
    );
  }
  for (const [content, expected] of users) {
    const refs = contents.refs(content);
    if (refs !== expected) {
      broken(
        "contents at rest",
        `content ${content} has ${refs} for ${expected} users`,
      );
    }
  }
}

/** The table itself holds the page of zeros. */
function usersOf({ memory }: Machine): Map<Content, number> {
  const { contents, frames } = memory;
  const users = new Map<Content, number>([[contents.zero, 1]]);
  for (const frame of frames.each()) {
    const content = frames.contentOf(frame);
    users.set(content, (users.get(content) ?? 0) + 1);
  }
  return users;
}
