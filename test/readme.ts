// Keeps the README's table of tools true. `--write` renews it; without, a stale table is an error.
import { readFileSync, writeFileSync } from "node:fs";
import type { AnyAction } from "../src/model/action.ts";
import { catalogue } from "../tools/index.ts";
import { inRoot } from "./support/paths.ts";

const file = inRoot("README.md");
const [START, END] = ["<!-- tools: start (npm run generate) -->", "<!-- tools: end -->"];

function risk(action: AnyAction): string {
  const level = action.effect === "write" && action.escalates ? "write, or destroy by its arguments" : action.effect;
  return action.bills === false ? level : `${level}; ${action.bills === true ? "bills" : "may bill"}`;
}
const rows = [...catalogue.entries.values()].map(
  ({ name, toolset, action }) =>
    `| ${toolset} | \`${name}\` | ${risk(action)} | ${action.about.replaceAll("|", "\\|")} |`,
);
const table = ["| noun | tool | risk | what it does |", "|---|---|---|---|", ...rows].join("\n");

const text = readFileSync(file, "utf8");
const [before, rest] = text.split(START);
const after = rest?.split(END)[1];
if (before === undefined || after === undefined)
  throw new Error("README.md has lost the markers of its table of tools");
const renewed = `${before}${START}\n${table}\n${END}${after}`;
if (process.argv.includes("--write")) writeFileSync(file, renewed);
else if (renewed !== text) {
  console.error("README.md's table of tools is not up to date: npm run generate");
  process.exit(1);
}
