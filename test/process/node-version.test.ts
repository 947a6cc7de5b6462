// A Node that is too old learns so in one sentence, by the program and by npm's scripts.
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { inRoot } from "../support/paths.ts";

/** Runs a file of the checkout in a Node that says it is of this version. */
function run(file: string, node: string) {
  const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${node}" } })`;
  const args = ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`, inRoot(file), "--version"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", input: "" });
  return { status, stdout, stderr };
}
const oldest = packageJson.engines.node.replace(">=", "");

test.each(["16.20.2", "20.9.0", "20.18.0"])("Node %s is too old", (node) => {
  const sentence = `ckafka-mcp needs Node ${oldest} or newer; this is Node ${node}.\n`;
  for (const file of ["dist/index.js", "node-version.js"])
    expect(run(file, node), file).toEqual({ status: 1, stdout: "", stderr: sentence });
});

test.each([oldest, "20.19.0", "22.0.0", "100.0.0"])("Node %s will do", (node) => {
  expect(run("dist/index.js", node)).toEqual({ status: 0, stdout: `${packageJson.version}\n`, stderr: "" });
  expect(run("node-version.js", node).status).toBe(0);
});

test("the scripts that people start with look first", () => {
  for (const name of ["build", "demo", "test"] as const)
    expect(packageJson.scripts[name]).toMatch(/^node node-version\.js && /);
});
