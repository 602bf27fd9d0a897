/**
 * The Linux Test Project's ksm02 and ksm04: ksm01 with all memory bound to one of
 * several NUMA nodes, by a memory policy and then by a cpuset; ksm04 also in a
 * memory cgroup of 1 GB. A cpuset binds as the policy does, and cgroups are not
 * modelled. Scaled from 128 MB a process, since ksm01 runs at its size.
 */
import { checkScheme } from "./sharing_scheme.ts";

for (const node of [0, 1] as const) {
  Deno.test(`ksm02, 8 MB instead of 128: three processes bound to node ${node}`, () => {
    checkScheme({ processes: 3, megabytes: 8, unitMegabytes: 8, node });
  });

  Deno.test(`ksm04 without its cgroup, 4 MB instead of 128: units of 1 MB on node ${node}`, () => {
    checkScheme({ processes: 3, megabytes: 4, unitMegabytes: 1, node });
  });
}
