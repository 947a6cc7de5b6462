// Some tests drive the built server, so what is built must be what is in the sources.
import { execFileSync } from "node:child_process";
import { inRoot } from "./paths.ts";

export default function build() {
  execFileSync(process.execPath, ["--import", "tsx", "build.ts"], { cwd: inRoot("."), stdio: "inherit" });
}
