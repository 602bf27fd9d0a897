/**
 * Anonymous reverse map: from a page to the address spaces that may map it.
 *
 * The first fault in an area gives it an anon_vma, and every anonymous page of
 * the area points at that. fork hands the anon_vma on, so that it names a
 * family of address spaces. Areas and rmap items hold references.
 *
 * @module
 */
import { Arena } from "../lib/arena.ts";
import { assert } from "../lib/assert.ts";
import type { Handle } from "../lib/handle.ts";
import { keepAll, type Kept } from "../lib/kept.ts";
import { type Lock, LOCK_CLASS, type LockMode } from "../lib/lock.ts";
import type { Steps, Suspends } from "../lib/step.ts";
import type { Mm } from "./mm.ts";

/** An anon_vma; 0 is none. */
export type AnonVma = Handle<"AnonVma">;

/** What a family and a member of it take when they are kept, roughly. */
const FAMILY_BYTES = 64;
const MEMBER_BYTES = 32;

/**
 * All anon_vmas.
 *
 * Models: anon_vma_fork(), mm/rmap.c
 * Differs: a family related by fork shares one anon_vma, where the kernel gives
 * each child one of its own under the parent's, because only the speed of the
 * walk of a plain page depends on it; that of a KSM page asks who was forked from
 * whom.
 */
export class AnonVmas extends Arena<AnonVma> {
  /** References held by areas and rmap items. */
  refcount: Int32Array = this.numbers(
    Int32Array,
    (array) => this.refcount = array,
  );

  /** For each anon_vma, its address spaces with the number of areas that point at it. */
  #family: Map<Mm, number>[] = [];

  readonly #steps: Steps;

  /** No anon_vmas yet. */
  constructor(steps: Steps) {
    super("anon_vma");
    this.#steps = steps;
  }

  /** A new anon_vma with no reference. */
  create(): AnonVma {
    const anonVma = this.alloc();
    this.#family[anonVma] = new Map();
    return anonVma;
  }

  /** Raises the reference count. */
  get(anonVma: AnonVma): void {
    this.assertLive(anonVma);
    this.refcount[anonVma]++;
  }

  /** Drops a reference; the last one frees. */
  put(anonVma: AnonVma): void {
    assert(
      this.refcount[anonVma] > 0,
      `anon_vma ${anonVma} is put without a reference`,
    );
    if (--this.refcount[anonVma] === 0) this.free(anonVma);
  }

  /**
   * Takes the lock that guards who is in the family: exclusive to change that,
   * shared to go through its address spaces.
   */
  *lock(anonVma: AnonVma, mode: LockMode, site: string): Suspends<void> {
    const steps = this.#steps;
    if (steps.mayInterleave && steps.lock(anonVmaLock(anonVma), mode, site)) {
      yield steps.stop;
    }
  }

  /** Lets that lock go. */
  *unlock(anonVma: AnonVma, mode: LockMode, site: string): Suspends<void> {
    const steps = this.#steps;
    if (steps.mayInterleave && steps.unlock(anonVmaLock(anonVma), mode, site)) {
      yield steps.stop;
    }
  }

  /** An area of `mm` points at `anonVma` from now on. The caller holds its lock exclusive. */
  link(anonVma: AnonVma, mm: Mm): void {
    this.get(anonVma);
    const family = this.#family[anonVma];
    family.set(mm, (family.get(mm) ?? 0) + 1);
  }

  /** An area of `mm` points at `anonVma` no more. The caller holds its lock exclusive. */
  unlink(anonVma: AnonVma, mm: Mm): void {
    const family = this.#family[anonVma];
    const areas = family.get(mm) ?? 0;
    assert(areas > 0, `anon_vma ${anonVma} is not linked to mm ${mm.id}`);
    if (areas === 1) family.delete(mm);
    else family.set(mm, areas - 1);
    this.put(anonVma);
  }

  /** The address spaces with an area that points at `anonVma`, in the order they joined. */
  family(anonVma: AnonVma): Iterable<Mm> {
    return this.#family[anonVma].keys();
  }

  /** All of them, with their families. */
  override keep(): Kept {
    const families = copied(this.#family);
    let bytes = 0;
    families.forEach(({ size }) => bytes += FAMILY_BYTES + size * MEMBER_BYTES);
    const restore = () => {
      this.#family = copied(families);
    };
    return keepAll([super.keep(), { bytes, restore }]);
  }
}

/** Handle 0 has no family. */
function copied(families: readonly Map<Mm, number>[]): Map<Mm, number>[] {
  const copies: Map<Mm, number>[] = [];
  families.forEach((family, anonVma) => copies[anonVma] = new Map(family));
  return copies;
}

function anonVmaLock(anonVma: AnonVma): Lock {
  return { lockClass: LOCK_CLASS.anonVma, instance: anonVma };
}
