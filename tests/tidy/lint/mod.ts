/**
 * The project's own lint rules. `deno lint` applies them as it does its own.
 *
 * @module
 */
import { erasingCast } from "./casts.ts";
import { emptyTypeName } from "./names.ts";
import { PURE_RULES } from "./pure.ts";
import { functionSize } from "./size.ts";
import { sysfsSpelling } from "./sysfs.ts";

const plugin: Deno.lint.Plugin = {
  name: "ksmscope",
  rules: {
    ...PURE_RULES,
    "function-size": functionSize,
    "erasing-cast": erasingCast,
    "empty-type-name": emptyTypeName,
    "sysfs-spelling": sysfsSpelling,
  },
};

export default plugin;
