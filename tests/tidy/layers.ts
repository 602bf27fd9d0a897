/**
 * Who may import whom: the table of layers, and the check that holds it.
 *
 * @module
 */
import { importVisitor } from "./lint/imports.ts";
import { isReference } from "./lint/reference.ts";
import { type Breach, isCode, lineAt, type Source } from "./sources.ts";

/** What a layer may import besides itself. */
interface Layer {
  /** Path of its folder or its one file. */
  readonly at: string;
  /** Folders, ended by a slash, and files. */
  readonly imports: readonly string[];
  /** The ones that it may import only with `import()`. */
  readonly dynamicImports?: readonly string[];
  /** Packages, by their names in the import map. */
  readonly packages?: readonly string[];
  /** Files that may use `Deno` and `node:` modules, as in `imports`. */
  readonly platform?: readonly string[];
}

/** Modules of `src/std` that do nothing but calculate. */
const PURE_STD = ["src/std/csv/", "src/std/fmt/", "src/std/text/"];

/** All layers. Where one folder is in another, the inner one comes first. */
export const LAYERS: readonly Layer[] = [
  { at: "src/engine/lib/", imports: [] },
  { at: "src/engine/mm/", imports: ["src/engine/lib/"] },
  { at: "src/engine/ksm/", imports: ["src/engine/lib/", "src/engine/mm/"] },
  { at: "src/engine/mod.ts", imports: ["src/engine/"] },
  { at: "src/sim/", imports: ["src/engine/lib/"] },
  { at: "src/workload/", imports: [] },
  {
    at: "src/machine/",
    imports: ["src/engine/", "src/sim/", "src/workload/"],
  },
  {
    at: "src/explorer/",
    imports: ["src/engine/", "src/sim/", "src/workload/", "src/machine/"],
  },
  {
    at: "src/kernel/",
    imports: [
      "src/workload/",
      "src/engine/ksm/counters.ts",
      "src/engine/ksm/knobs.ts",
      ...PURE_STD,
    ],
    platform: ["src/kernel/"],
  },
  {
    at: "src/observe/",
    imports: [
      "src/machine/",
      "src/kernel/",
      "src/engine/ksm/counters.ts",
      ...PURE_STD,
    ],
  },
  { at: "src/std/", imports: [], packages: ["deno-std"] },
  {
    at: "src/tui/",
    imports: ["src/std/"],
    packages: ["yoga-layout", "get-east-asian-width"],
    platform: ["src/tui/terminal.ts"],
  },
  {
    at: "src/dashboard/",
    imports: ["src/tui/", "src/observe/", "src/std/"],
  },
  {
    at: "src/cli/",
    imports: ["src/", "mod.ts"],
    packages: ["commander", "@commander-js/extra-typings"],
    platform: ["src/cli/"],
  },
  {
    at: "src/mod.ts",
    imports: [
      "src/engine/",
      "src/sim/",
      "src/workload/",
      "src/machine/",
      "src/explorer/",
      "src/observe/",
    ],
  },
  {
    at: "mod.ts",
    imports: ["src/mod.ts"],
    dynamicImports: ["src/cli/"],
    platform: ["mod.ts"],
  },
];

/** What of `deno.json` decides what an import names. */
export interface Resolution {
  /** The import map. */
  readonly imports: Readonly<Record<string, string>>;
  /** What a `.tsx` file imports without saying so. */
  readonly compilerOptions?: { readonly jsxImportSource?: string };
}

/** One import or use of a platform. */
interface Use {
  readonly index: number;
  readonly target: string | undefined;
  readonly dynamic: boolean;
}

/** A path is in a folder (that ends in a slash), or is the file. */
function isIn(path: string, places: readonly string[] = []): boolean {
  return places.some((place) =>
    path === place || (place.endsWith("/") && path.startsWith(place))
  );
}

/**
 * What a specifier names: a path of the project, a bare name of a package, or
 * a URL such as `node:fs`.
 */
function resolve(
  specifier: string,
  from: string,
  imports: Resolution["imports"],
): string {
  const root = "file:///project/";
  const key = Object.keys(imports)
    .filter((key) => key === specifier || isIn(specifier, [key]))
    .sort((a, b) => b.length - a.length)[0];
  const mapped = key === undefined
    ? specifier
    : imports[key] + specifier.slice(key.length);
  if (!/^\.{0,2}\//.test(mapped)) return key ?? mapped;
  const base = new URL(key === undefined ? from : "", root);
  const { href } = new URL(mapped, base);
  return href.startsWith(root) ? href.slice(root.length) : href;
}

/** All uses of other files, packages and the platform in one file. */
function usesOf({ path, text }: Source, resolution: Resolution): Use[] {
  const uses: Use[] = [];
  const { jsxImportSource } = resolution.compilerOptions ?? {};
  const add = (
    index: number,
    specifier: string | undefined,
    dynamic: boolean,
  ) =>
    uses.push({
      index,
      target: specifier === undefined
        ? undefined
        : resolve(specifier, path, resolution.imports),
      dynamic,
    });
  if (path.endsWith(".tsx") && jsxImportSource !== undefined) {
    add(0, `${jsxImportSource}/jsx-runtime`, false);
  }
  const rule: Deno.lint.Rule = {
    create: (ctx) => ({
      ...importVisitor(
        ctx,
        ({ specifier, kind, range }) =>
          add(range[0], specifier, kind === "dynamic"),
      ),
      Identifier(node) {
        if (node.name !== "Deno") return;
        const { parent } = node;
        const ofGlobal = parent.type === "MemberExpression" &&
          ctx.sourceCode.getText(parent.object) === "globalThis";
        if (ofGlobal || isReference(node)) add(node.range[0], "Deno", false);
      },
    }),
  };
  Deno.lint.runPlugin({ name: "layers", rules: { uses: rule } }, path, text);
  return uses;
}

/** Whether a layer allows one file of it a use. */
function allows(layer: Layer, path: string, use: Use): boolean {
  const { target, dynamic } = use;
  if (target === undefined) return isIn(path, ["src/cli/"]);
  if (target === "Deno" || target.startsWith("node:")) {
    return isIn(path, layer.platform);
  }
  if (isIn(target, [layer.at, ...layer.imports])) return true;
  if (isIn(target, layer.dynamicImports)) return dynamic;
  return isIn(target, layer.packages?.flatMap((name) => [name, `${name}/`]));
}

/** All imports of `src` and `mod.ts` that the table does not allow, and files without a layer. */
export function layerBreaches(
  sources: readonly Source[],
  resolution: Resolution,
): Breach[] {
  return sources.filter(isCode).flatMap((source) => {
    const { path, text } = source;
    if (path !== "mod.ts" && !path.startsWith("src/")) return [];
    const layer = LAYERS.find(({ at }) => isIn(path, [at]));
    if (layer === undefined) {
      return [{ place: path, message: "The file is in no layer" }];
    }
    return usesOf(source, resolution)
      .filter((use) => !allows(layer, path, use))
      .map(({ index, target, dynamic }) => ({
        place: `${path}:${lineAt(text, index)}`,
        message: `${layer.at} may not ${dynamic ? "load" : "import"} ${
          target ?? "what is computed"
        }`,
      }));
  });
}
