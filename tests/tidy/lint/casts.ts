/**
 * No cast that switches the checker off.
 *
 * @module
 */

/** Whether a type says nothing: `any`, or `unknown` on the way to another type. */
function erases(node: Deno.lint.Node): boolean {
  return node.type === "TSAnyKeyword" || node.type === "TSUnknownKeyword";
}

/** Refuses casts to `any`, and casts by way of `unknown`. */
export const erasingCast: Deno.lint.Rule = {
  create(ctx) {
    const check = (
      node: Deno.lint.TSAsExpression | Deno.lint.TSTypeAssertion,
    ) => {
      const { expression, typeAnnotation } = node;
      const byWayOf = (expression.type === "TSAsExpression" ||
        expression.type === "TSTypeAssertion") &&
        erases(expression.typeAnnotation);
      if (!byWayOf && typeAnnotation.type !== "TSAnyKeyword") return;
      ctx.report({ node, message: "The cast hides every type error" });
    };
    return { TSAsExpression: check, TSTypeAssertion: check };
  },
};
