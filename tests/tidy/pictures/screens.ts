/**
 * The README's screens: what a user sees after a while and some keys.
 *
 * @module
 */
import { between } from "../fidelity/tables.ts";
import { show } from "./show.ts";

/** A screen of the README. */
interface Picture {
  /** The part of the README that it stands in. */
  readonly part: string;
  /** A built-in workload. */
  readonly scene: string;
  /** Virtual milliseconds until the first key. */
  readonly millis: number;
  /** Keys, a tenth of a second apart. */
  readonly keys: readonly string[];
  /** Rows of the screen. */
  readonly rows: number;
}

const COLUMNS = 100;

const KEY_MILLIS = 100;

const PICTURES: readonly Picture[] = [
  {
    part: "screen overview",
    scene: "demo-vms",
    millis: 1200,
    keys: ["space"],
    rows: 32,
  },
  {
    part: "screen page map",
    scene: "demo-vms",
    millis: 600,
    keys: ["space", "3", "c", "down"],
    rows: 26,
  },
  {
    part: "screen trees",
    scene: "demo-vms",
    millis: 1200,
    keys: ["space", "2"],
    rows: 30,
  },
];

/** A README in which each screen is as the dashboard draws it. */
export function withScreens(readme: string): string {
  return PICTURES.reduce(
    (text, picture) =>
      between(text, picture.part, `\`\`\`text\n${drawn(picture)}\n\`\`\``),
    readme,
  );
}

function drawn({ scene, millis, keys, rows }: Picture): string {
  const screen = show(scene, { columns: COLUMNS, rows });
  screen.advance(millis);
  for (const key of keys) {
    screen.press(key);
    screen.advance(KEY_MILLIS);
  }
  return screen.frame();
}
