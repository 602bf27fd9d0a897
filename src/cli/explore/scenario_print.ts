/**
 * What a scenario is about: what must hold, and what is said to come of it.
 *
 * @module
 */
import {
  ALWAYS,
  isRefuted,
  type Scenario,
  type WeighedClaim,
} from "../../explorer/mod.ts";
import { type Page, wrap } from "./page.ts";

/** The properties of a scenario. */
export function printSafety({ safety }: Scenario, page: Page): string {
  const lines = [...safety, ...ALWAYS].map((text) =>
    wrap(`  ${text}`, page.columns, "    ")
  );
  return `\nMust hold in every order:\n${lines.join("")}`;
}

/** The claims, each with a schedule that comes to it or with how sure it is that none does. */
export function printClaims(
  claims: readonly WeighedClaim[],
  page: Page,
): string {
  if (claims.length === 0) return "";
  const lines = claims.map((weighed) => {
    const { claim, schedule } = weighed;
    const text = `  ${claim.variant}: ${claim.text} ${answerTo(weighed)}`;
    const shown = schedule === undefined ? "" : `    ${schedule}\n`;
    return wrap(text, page.columns, "    ") + shown;
  });
  return `\nWhat can come of it:\n${lines.join("")}`;
}

/** In which orders a claim comes true. */
function answerTo(weighed: WeighedClaim): string {
  const { claim, exhaustive, schedule } = weighed;
  if (isRefuted(weighed)) {
    return claim.reachable ? "Not so: in no order" : "Not so, as in:";
  }
  if (schedule !== undefined) return "As in:";
  return exhaustive ? "In every order" : "In all orders tried";
}
