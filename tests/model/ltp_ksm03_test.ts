/**
 * The Linux Test Project's ksm03: ksm01 in a memory cgroup of 1 GB, which 3 x 128
 * MB never reach. Cgroups are not modelled, so what remains is the other way of
 * mapping: in units. Scaled from 128 MB a process to 8, since ksm01 runs at its size.
 */
import { checkScheme } from "./sharing_scheme.ts";

Deno.test("ksm03 without its cgroup, 8 MB instead of 128: three processes, units of 1 MB", () => {
  checkScheme({ processes: 3, megabytes: 8, unitMegabytes: 1 });
});

Deno.test("ksm03 without its cgroup, 2 MB instead of 128: five processes, of which the last two do as the first", () => {
  checkScheme({ processes: 5, megabytes: 2, unitMegabytes: 1 });
});
