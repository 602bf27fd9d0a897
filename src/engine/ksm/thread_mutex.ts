/**
 * ksm_thread_mutex, and the bit that stands in for it while memory goes offline.
 *
 * Taking a memory block offline migrates all its pages, which takes long, and
 * must not be done under the mutex. So the mutex is only held to set a bit in
 * `run` and to clear it again; who wants to work on the trees meanwhile takes the
 * mutex, sees the bit, lets the mutex go and waits for the bit.
 *
 * @module
 */
import { LOCK_CLASS } from "../lib/lock.ts";
import type { Suspends } from "../lib/step.ts";
import type { Ksm } from "./ksm.ts";

/** ksm_thread_mutex: guards both trees, all items and nodes, and the counters. */
export const THREAD_MUTEX = {
  lockClass: LOCK_CLASS.threadMutex,
  instance: 0,
} as const;

/** Takes ksm_thread_mutex. */
export function* lockThreadMutex(ksm: Ksm, site: string): Suspends<void> {
  const { steps } = ksm;
  if (steps.mayInterleave && steps.lock(THREAD_MUTEX, "exclusive", site)) {
    yield steps.stop;
  }
}

/** Lets ksm_thread_mutex go. */
export function* unlockThreadMutex(ksm: Ksm, site: string): Suspends<void> {
  const { steps } = ksm;
  if (steps.mayInterleave && steps.unlock(THREAD_MUTEX, "exclusive", site)) {
    yield steps.stop;
  }
}

/**
 * Waits until no memory goes offline. The caller holds ksm_thread_mutex, which is
 * let go over the wait: what it guards may have changed.
 *
 * Models: wait_while_offlining(), mm/ksm.c
 */
export function* waitWhileOfflining(ksm: Ksm, site: string): Suspends<void> {
  const { steps } = ksm;
  while (ksm.knobs.offlining) {
    yield* unlockThreadMutex(ksm, site);
    // Who cleared the bit in between has woken those who waited then.
    if (
      ksm.knobs.offlining && steps.wait("online", "wait_while_offlining:online")
    ) yield steps.stop;
    yield* lockThreadMutex(ksm, site);
  }
}
