/**
 * What can be seen of a machine's locks.
 *
 * @module
 */
export { LOCK_CLASSES } from "../engine/lib/lock.ts";
export type {
  LockClassView,
  LockFigures,
  LockHolderView,
  LockInstanceView,
  LockPoint,
  LockSiteView,
  LocksView,
  LockWaitView,
} from "../sim/lock_view.ts";
