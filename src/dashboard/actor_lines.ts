/**
 * Actors with what they wait for.
 *
 * @module
 */
import type {
  ActorView,
  LockClassView,
  LocksView,
  LockWaitView,
  Snapshot,
} from "../observe/snapshot.ts";
import { lockWords } from "./lock_lines.ts";

/** One actor. */
export interface ActorLine {
  /** The actor. */
  readonly actor: ActorView;
  /** The lock that it waits for; missing where it waits for none. */
  readonly wait?: LockWaitView;
  /** Who waits for a lock that it holds, longest wait first. */
  readonly keepsWaiting: readonly LockWaitView[];
}

const NOBODY: LocksView = { classes: [], waiting: [] };

/** The actors in their order, those that wait first, those that are done for good last. */
export function actorLines(snapshot: Snapshot): ActorLine[] {
  const { actors = [], locks: { waiting } = NOBODY } = snapshot;
  const lines = actors.map((actor) => {
    const wait = waiting.find((one) => one.actor === actor.name);
    return {
      actor,
      ...(wait === undefined ? {} : { wait }),
      keepsWaiting: waiting.filter(({ holders }) =>
        holders.some((holder) => holder.actor === actor.name)
      ),
    };
  });
  const place = ({ actor: { state }, wait }: ActorLine): number => {
    if (wait !== undefined || state === "waiting") return 0;
    return state === "done" ? 2 : 1;
  };
  return lines.toSorted((one, other) => place(one) - place(other));
}

/** The class of the lock that is waited for. */
function classOf(
  { locks = NOBODY }: Snapshot,
  wait: LockWaitView,
): LockClassView | undefined {
  return locks.classes.find(({ name }) => name === wait.lockClass);
}

/** The lock that is waited for in few words, such as `mmap_lock W vm-b`. */
export function waitWords(snapshot: Snapshot, wait: LockWaitView): string {
  const lockClass = classOf(snapshot, wait);
  return lockClass === undefined
    ? wait.lockClass
    : lockWords(lockClass, wait.mode, wait.name);
}
