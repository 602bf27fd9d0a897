/**
 * A schedule shown: on the whole screen, or as text.
 *
 * @module
 */
import {
  parsePlace,
  type Place,
  type Story,
  tell,
} from "../../explorer/mod.ts";
import { ScheduleError } from "../../sim/explore/mod.ts";
import { EXIT } from "../exit.ts";
import type { Streams } from "../streams.ts";
import { UserError } from "../user_error.ts";
import type { Page } from "./page.ts";
import { scenarioNamed, variantNamed } from "./questions.ts";
import { placeTitle, printSchedule } from "./schedule_print.ts";

/** Shows a schedule; answers the exit code, which says whether it goes wrong. */
export async function showSchedule(
  text: string,
  page: Page,
  onScreen: boolean,
  streams: Streams,
): Promise<number> {
  const [place, story] = placeAndStory(text);
  const code = story.failure === undefined ? EXIT.ok : EXIT.difference;
  if (!onScreen) {
    streams.out(printSchedule(place, story, page));
    return code;
  }
  // Loaded only here, so that nothing else waits for it.
  const { runStepper } = await import("./stepper.tsx");
  const ending = await runStepper(story, placeTitle(place), page);
  if (ending.kind === "error") throw ending.error;
  return ending.kind === "signal" ? EXIT[ending.name] : code;
}

/**
 * The schedule that a text says, and what happens in it.
 *
 * @throws {UserError} It says none, or one that cannot be gone through.
 */
function placeAndStory(text: string): [Place, Story] {
  const [, scenario, variant] = /^([^/]+)\/([^/]+)\//.exec(text) ?? [];
  if (scenario !== undefined) scenarioNamed(scenario);
  if (variant !== undefined) variantNamed(variant);
  try {
    const place = parsePlace(text);
    return [place, tell(place)];
  } catch (error) {
    if (error instanceof ScheduleError) throw new UserError(error.message);
    throw error;
  }
}
