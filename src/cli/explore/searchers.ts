/**
 * Who searches: threads, one for each processor, or this one where threads may
 * not be started.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { assert } from "../../engine/lib/assert.ts";
import type { Case, Scenario, Variant, Verdict } from "../../explorer/mod.ts";
import type { SearchOptions, SearchResult } from "../../sim/explore/mod.ts";
import { type Answer, type Job, perform } from "./job.ts";

/** A verdict, and how long it took. */
export interface TimedVerdict extends Verdict {
  /** Seconds of the search. */
  readonly seconds: number;
}

/** One who searches, one job at a time. */
interface Searcher {
  ask(job: Job): Promise<Answer>;
  close(): void;
}

/** A job that waits to be done. */
interface Waiting {
  readonly job: Job;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Does searches in the order in which they are asked for, some at a time. */
export class Searchers {
  readonly #options: SearchOptions;
  readonly #all: readonly Searcher[];
  readonly #idle: Searcher[];
  readonly #queue: Waiting[] = [];
  readonly #outcomes = new Map<string, Promise<SearchResult>>();

  /** `most` threads at most; all searches go as far as the options say. */
  constructor(options: SearchOptions, most: number) {
    this.#options = options;
    const threads = Math.min(most, navigator.hardwareConcurrency);
    this.#all = threads > 1 && mayStartThreads()
      ? Array.from({ length: threads }, () => new Thread())
      : [new ThisThread()];
    this.#idle = [...this.#all];
  }

  /** Whether a variant holds in a scenario. */
  async verdict(scenario: Scenario, variant: Variant): Promise<TimedVerdict> {
    const answer = await this.#ask({
      scenario: scenario.name,
      variant: variant.name,
      options: this.#options,
    });
    assert(answer.kind === "verdict", "A verdict was asked for");
    const { seconds, verdict } = answer;
    return { scenario, variant, ...verdict, seconds };
  }

  /** What one machine of a scenario comes to under a variant. It is searched for once, however often it is asked for. */
  outcomes(
    scenario: Scenario,
    which: Case,
    variant: Variant,
  ): Promise<SearchResult> {
    const at = scenario.cases.indexOf(which);
    const key = `${scenario.name}/${variant.name}/${at}`;
    const known = this.#outcomes.get(key);
    if (known !== undefined) return known;
    const coming = this.#searchOutcomes({
      scenario: scenario.name,
      variant: variant.name,
      case: at,
      options: this.#options,
    });
    // A rejection is thrown where the outcomes are waited for.
    coming.catch(() => {});
    this.#outcomes.set(key, coming);
    return coming;
  }

  /** Ends all threads, whatever they do. */
  close(): void {
    for (const searcher of this.#all) searcher.close();
  }

  async #searchOutcomes(job: Job): Promise<SearchResult> {
    const answer = await this.#ask(job);
    assert(answer.kind === "outcomes", "Outcomes were asked for");
    return answer.result;
  }

  #ask(job: Job): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#queue.push({ job, resolve, reject });
    const searcher = this.#idle.pop();
    if (searcher !== undefined) this.#work(searcher);
    return promise;
  }

  async #work(searcher: Searcher): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      try {
        next.resolve(await searcher.ask(next.job));
      } catch (error) {
        next.reject(error);
      }
    }
    this.#idle.push(searcher);
  }
}

const THREAD = new URL("./search_worker.ts", import.meta.url);

/** The folder of all modules that a thread loads, which it reads like files. */
const SOURCES = new URL("../../", import.meta.url);

function mayStartThreads(): boolean {
  if (SOURCES.protocol !== "file:") return false;
  const path = fileURLToPath(SOURCES);
  return Deno.permissions.querySync({ name: "read", path }).state === "granted";
}

/** Another thread. */
class Thread implements Searcher {
  readonly #worker = new Worker(THREAD, { type: "module" });

  ask(job: Job): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      reject(event.error ?? new Error(event.message));
    };
    this.#worker.postMessage(job);
    return promise;
  }

  close(): void {
    this.#worker.terminate();
  }
}

/** This thread, which lets others go on between two jobs, so that what is found can be shown. */
class ThisThread implements Searcher {
  async ask(job: Job): Promise<Answer> {
    await new Promise((resolve) => setTimeout(resolve));
    return perform(job);
  }

  close(): void {}
}
