/**
 * Terminal devices for tests, made by `script` of util-linux.
 *
 * @module
 */

/** Whether tests can have them here; says so if not. */
export function hasTerminalDevices(): boolean {
  if (Deno.build.os !== "linux") return false;
  try {
    new Deno.Command("script", { args: ["--version"] }).outputSync();
    return true;
  } catch {
    console.log("tests on terminal devices are left out: no `script` here");
    return false;
  }
}
