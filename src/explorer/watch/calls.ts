/**
 * Methods of single objects, replaced by ones that note first what they use.
 *
 * @module
 */
import { Bug } from "../../engine/lib/assert.ts";

/** Has `note` called with the arguments of each call of a method, before it. */
export function noteCalls<Args extends unknown[]>(
  object: object,
  method: string,
  note: (...args: Args) => void,
): void {
  replaceCalls<Args>(object, method, (call, ...args) => {
    note(...args);
    return call();
  });
}

/** Has each call of a method made by `replacement`, which makes the call of the method as it was. */
export function replaceCalls<Args extends unknown[]>(
  object: object,
  method: string,
  replacement: (call: () => unknown, ...args: Args) => unknown,
): void {
  const original: unknown = Reflect.get(object, method);
  if (typeof original !== "function") throw new Bug(`There is no ${method}`);
  const value = (...args: Args) =>
    replacement(() => Reflect.apply(original, object, args), ...args);
  Object.defineProperty(object, method, { value, configurable: true });
}

/** Has `note` called before each reading of a property that a class computes. */
export function noteGets(
  object: object,
  property: string,
  note: () => void,
): void {
  const classes = Object.getPrototypeOf(object);
  Object.defineProperty(object, property, {
    configurable: true,
    get() {
      note();
      return Reflect.get(classes, property, object);
    },
  });
}
