/**
 * The hash FNV-1a with 64 bits, in 32-bit halves.
 *
 * @module
 */
import { hexU64 } from "./u64.ts";

/** The prime is 2^40 + this. */
const PRIME_LOW = 0x1b3;

/**
 * Hashes bytes as they come.
 *
 * @example
 * ```ts
 * import { Fnv1a64 } from "ksmscope";
 * import assert from "node:assert/strict";
 *
 * const hash = new Fnv1a64();
 * hash.update(new Uint8Array(4096));
 * assert.equal(hash.hex(), "b93a0c83ce3b6325");
 * ```
 */
export class Fnv1a64 {
  #low = 0x84222325 | 0;
  #high = 0xcbf29ce4 | 0;

  /** Takes the next bytes in. */
  update(bytes: Uint8Array): void {
    let low = this.#low;
    let high = this.#high;
    for (let i = 0; i < bytes.length; i++) {
      low ^= bytes[i];
      const bottom = Math.imul(low & 0xffff, PRIME_LOW);
      const top = Math.imul(low >>> 16, PRIME_LOW) + (bottom >>> 16);
      high = (Math.imul(high, PRIME_LOW) + (top >>> 16) + (low << 8)) | 0;
      low = top << 16 | bottom & 0xffff;
    }
    this.#low = low;
    this.#high = high;
  }

  /** The hash of all bytes so far, as sixteen hex digits. */
  hex(): string {
    return hexU64({ low: this.#low >>> 0, high: this.#high >>> 0 });
  }
}
