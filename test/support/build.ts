// The tests drive the built server, so what is built must be what is in the sources.
import { execFileSync } from "node:child_process";

export default function build() {
  execFileSync("npx", ["tsx", "build.ts"], { stdio: "inherit" });
}
