// What tests of the guard need without a server: a ledger of its own, a preview, a risk.
import { fileLedger } from "../../src/guard/ledger/files.ts";
import type { Preview } from "../../src/guard/preview.ts";
import type { ChangeRisk } from "../../src/guard/risk.ts";
import { openState } from "../../src/guard/state.ts";
import { quoted, say } from "../../src/model/line.ts";
import type { Quality } from "../../src/model/preview.ts";
import { temporaryFolder } from "./harness.ts";

/** A ledger on files in a folder. @param now its clock */
export const ledgerIn = (folder = temporaryFolder(), now: () => number = Date.now) => {
  const state = openState(folder);
  return { state, ledger: fileLedger(state, now) };
};
/** A preview that says no more than this. */
export const previewOf = (title: string): Preview => ({
  title: say`${quoted(title)}`,
  stakes: {},
  does: [],
  finds: [],
});
/** A change with these qualities on something of that name. */
export const riskOf = (subject: string, ...qualities: Quality[]): ChangeRisk => ({
  level: qualities.some((quality) => quality !== "bills") ? "destroy" : "write",
  bills: qualities.includes("bills"),
  subject,
  stakes: Object.fromEntries(qualities.map((quality) => [quality, { line: say`something`, certain: true }])),
});
/** What stands in a waiting change besides what a test is about. */
export const waitingFor = (digest: string, more: object = {}) => ({
  action: "A",
  service: "s",
  arguments: {},
  profile: "p",
  endpoint: "e",
  region: "r",
  where: say`somewhere`,
  client: "test",
  digest,
  preview: previewOf("A on n"),
  expects: true as string | true,
  ...more,
});
