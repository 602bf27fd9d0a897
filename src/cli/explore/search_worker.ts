/**
 * A thread that searches: it is sent jobs, and answers each. An error ends it.
 *
 * @module
 */
import { type Answer, type Job, perform } from "./job.ts";

/** What the thread has of a worker's global scope. */
interface Thread {
  onmessage: ((event: MessageEvent<Job>) => void) | null;
  postMessage(answer: Answer): void;
}

const thread: Thread = globalThis as typeof globalThis & Thread;

thread.onmessage = ({ data }) => thread.postMessage(perform(data));
