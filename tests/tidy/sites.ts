/**
 * The sites of the engine's steps, read from its sources.
 *
 * @module
 */
import { type Breach, isCode, lineAt, type Source } from "./sources.ts";

/** What the sources say. */
export interface FoundSites {
  /** Names of sites, sorted, each once. */
  readonly sites: readonly string[];
  /** Names given to a step that are out of form. */
  readonly breaches: readonly Breach[];
}

/** Who takes steps. */
const FOLDERS = /^src\/(?:engine|machine)\//;

/** The list that is compared with what is found. */
const LIST = "src/machine/sites.ts";

/** `function:what`, the function named as in the kernel. */
const SITE = /^_*[a-z][a-z0-9_]*:[a-z0-9_]+$/;

/** The object that hears steps, as the engine calls it. */
const STEPS = /(?:^|\.)#?steps$/;

/**
 * All sites that occur as texts in the sources: a text of the form of a site is
 * one. A text that is handed to a step must have that form.
 */
export function findSites(sources: readonly Source[]): FoundSites {
  const sites = new Set<string>();
  const breaches: Breach[] = [];
  for (const { path, text } of sources) {
    if (!isCode({ path, text }) || !FOLDERS.test(path) || path === LIST) {
      continue;
    }
    const rule: Deno.lint.Rule = {
      create: (ctx) => ({
        Literal({ value }) {
          if (typeof value === "string" && SITE.test(value)) sites.add(value);
        },
        CallExpression({ callee, arguments: given }) {
          const last = given.at(-1);
          if (callee.type !== "MemberExpression") return;
          if (last?.type !== "Literal" || typeof last.value !== "string") {
            return;
          }
          const { value, range } = last;
          const { object, property } = callee;
          const name = property.type === "Identifier" ? property.name : "";
          // A glance ends with what it costs.
          if (name === "glance" || SITE.test(value)) return;
          if (!STEPS.test(ctx.sourceCode.getText(object))) return;
          breaches.push({
            place: `${path}:${lineAt(text, range[0])}`,
            message: `The site "${value}" must be function:what`,
          });
        },
      }),
    };
    Deno.lint.runPlugin({ name: "sites", rules: { find: rule } }, path, text);
  }
  return { sites: [...sites].sort(), breaches };
}
