/**
 * A function fits on a screen and a bit.
 *
 * @module
 */

/** Lines of a function at most, from its first to its closing one. */
export const FUNCTION_LINES = 70;

/** Refuses functions of more than {@linkcode FUNCTION_LINES} lines. */
export const functionSize: Deno.lint.Rule = {
  create(ctx) {
    const measure = (node: Deno.lint.Node) => {
      const lines = ctx.sourceCode.getText(node).split("\n").length;
      if (lines <= FUNCTION_LINES) return;
      const message =
        `The function has ${lines} lines; at most ${FUNCTION_LINES} are allowed`;
      ctx.report({ node, message });
    };
    return {
      FunctionDeclaration: measure,
      FunctionExpression: measure,
      ArrowFunctionExpression: measure,
    };
  },
};
