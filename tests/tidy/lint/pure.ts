/**
 * The rules of the pure folders, `src/engine`, `src/sim`, `src/workload` and
 * `src/machine`: the same run for the same input, in a test, a browser or a
 * worker. What the rules refuse is what the compiler configuration in
 * `../pure.json` cannot: it leaves out Deno and the DOM, but not the language's
 * own clocks, chance and promises.
 *
 * @module
 */
import { importVisitor } from "./imports.ts";
import { isReference, memberOf } from "./reference.ts";

type Rule = Deno.lint.Rule;

const PURE_FILE = /(?:^|\/)(src\/(?:engine|sim|workload|machine)\/.*)$/;

/** A file's path from `src/` on, if it is in a pure folder. */
function purePath(filename: string): string | undefined {
  return PURE_FILE.exec(filename.replaceAll("\\", "/"))?.[1];
}

/** A rule that sees the files of the pure folders alone. */
function pure(
  create: (ctx: Deno.lint.RuleContext, path: string) => Deno.lint.LintVisitor,
): Rule {
  return {
    create(ctx) {
      const path = purePath(ctx.filename);
      return path === undefined ? {} : create(ctx, path);
    },
  };
}

/** A visitor that refuses global names. */
function refuseNames(
  ctx: Deno.lint.RuleContext,
  names: readonly string[],
  why: string,
): Deno.lint.LintVisitor {
  return {
    Identifier(node) {
      if (!names.includes(node.name) || !isReference(node)) return;
      ctx.report({ node, message: `${node.name} is not pure: ${why}` });
    },
  };
}

/** Time comes from the virtual clock. */
const time = pure((ctx) =>
  refuseNames(
    ctx,
    ["Date", "Temporal", "performance"],
    "take the time from the virtual clock",
  )
);

/** Namespaces of which some members are pure. */
const IMPURE_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Math: ["random"],
  Atomics: ["wait", "waitAsync", "notify"],
};

/** Chance comes from a seed. The collector's moments are chance too. */
const chance = pure((ctx) =>
  refuseNames(
    ctx,
    ["crypto", "WeakRef", "FinalizationRegistry"],
    "let a seed decide",
  )
);

/** `Math` and `Atomics` are used by their pure members, and not handed on whole. */
const members = pure((ctx) => ({
  Identifier(node) {
    const impure = IMPURE_MEMBERS[node.name];
    if (impure === undefined || !isReference(node)) return;
    const member = memberOf(node);
    if (member !== undefined && !impure.includes(member)) return;
    const use = `${node.name}.${member ?? "*"}`;
    ctx.report({ node, message: `${use} is not pure` });
  },
}));

/** Nothing waits: a function that may sleep is a generator of steps. */
const noAsync = pure((ctx) => {
  const why = "a function that may wait is a generator of steps";
  const names = [
    ...["Promise", "PromiseLike", "AsyncGenerator", "AsyncIterable"],
    ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask"],
  ];
  const refuse = (node: Deno.lint.Node) =>
    ctx.report({ node, message: `Asynchronous code is not pure: ${why}` });
  const refuseFunction = (
    node:
      | Deno.lint.FunctionDeclaration
      | Deno.lint.FunctionExpression
      | Deno.lint.ArrowFunctionExpression,
  ) => node.async ? refuse(node) : undefined;
  return {
    ...refuseNames(ctx, names, why),
    FunctionDeclaration: refuseFunction,
    FunctionExpression: refuseFunction,
    ArrowFunctionExpression: refuseFunction,
    AwaitExpression: refuse,
    ForOfStatement: (node) => node.await ? refuse(node) : undefined,
  };
});

/** Imports name files of the pure folders, and stand at the top. */
const imports = pure((ctx, path) =>
  importVisitor(ctx, ({ specifier, kind, range }) => {
    if (kind === "dynamic") {
      ctx.report({ range, message: "A dynamic import is asynchronous" });
      return;
    }
    if (specifier !== undefined && /^\.\.?\//.test(specifier)) {
      const target = new URL(specifier, new URL(path, "file:///")).pathname;
      if (purePath(target) !== undefined) return;
    }
    const message = `${specifier} is outside of the pure folders`;
    ctx.report({ range, message });
  })
);

/** No way around: the global object, evaluated text, and the platform itself. */
const globals = pure((ctx) => ({
  ...refuseNames(
    ctx,
    ["globalThis", "eval", "Function", "Deno"],
    "what it gives depends on the platform",
  ),
  MetaProperty(node) {
    if (node.meta.name !== "import") return;
    ctx.report({ node, message: "import.meta depends on the platform" });
  },
}));

/** The rules by name. */
export const PURE_RULES: Readonly<Record<string, Rule>> = {
  "pure-time": time,
  "pure-chance": chance,
  "pure-members": members,
  "pure-no-async": noAsync,
  "pure-imports": imports,
  "pure-globals": globals,
};
