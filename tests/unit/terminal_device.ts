/**
 * Terminal devices for tests, made by `script` of util-linux.
 *
 * @module
 */
import { leftOut } from "../left_out.ts";

/** Whether tests can have them here; says so if not. */
export function hasTerminalDevices(): boolean {
  if (leftOut(Deno.build.os !== "linux", "terminal devices, off Linux")) {
    return false;
  }
  try {
    new Deno.Command("script", { args: ["--version"] }).outputSync();
    return true;
  } catch {
    console.log("tests on terminal devices are left out: no `script` here");
    return false;
  }
}
