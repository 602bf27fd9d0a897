/** How {@linkcode delay} waits. */
export interface DelayOptions {
  /** Ends the wait: the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** False: the wait does not keep the process running; true when missing. */
  persistent?: boolean;
}

/** Waits so many milliseconds. */
export function delay(ms: number, options?: DelayOptions): Promise<void>;
