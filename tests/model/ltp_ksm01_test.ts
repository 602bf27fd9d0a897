/** The Linux Test Project's ksm01, at its default size. */
import { checkScheme } from "./sharing_scheme.ts";

Deno.test("ksm01: three processes of 128 MB, 98304 pages", () => {
  checkScheme({ processes: 3, megabytes: 128, unitMegabytes: 128 });
});
