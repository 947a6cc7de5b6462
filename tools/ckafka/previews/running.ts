// An instance that does not run takes no changes: whoever previews one refuses before anybody is asked.
import type { OutputOf, Reader } from "../../../src/model/action.ts";
import { CloudError, isMissing, Refusal } from "../../../src/model/errors.ts";
import type { Actions } from "../actions.ts";
import { InstanceStatus } from "../instance/codes.ts";

export type Attributes = OutputOf<Actions["DescribeInstanceAttributes"]>["Result"];

/** "isolated (5)" */
export const stateOf = ({ Status }: Pick<Attributes, "Status">) => {
  const words: Readonly<Record<number, string>> = InstanceStatus.words;
  return `${words[Status] ?? "in an unknown state"} (${Status})`;
};

/** @returns what the read tells besides, so that nobody has to read it again @throws Refusal unless it runs */
export async function running(read: Reader<Actions>, InstanceId: string): Promise<Attributes> {
  const { Result } = await read("DescribeInstanceAttributes", { InstanceId });
  mustRun(Result);
  return Result;
}
const { code } = InstanceStatus;
const NEXT: Readonly<Record<number, string>> = {
  [code.creating]: "; wait until it runs",
  [code.upgrading]: "; wait until that is over",
  [code.isolated]: "; RenewCkafkaInstance brings back one that is prepaid",
};
/** For who has read it already. @throws Refusal */
export function mustRun(now: Pick<Attributes, "InstanceId" | "Status">): void {
  if (now.Status === code.running) return;
  const next = NEXT[now.Status] ?? "";
  throw new Refusal(
    `instance ${now.InstanceId} does not run, it is ${stateOf(now)}: nothing on it can be changed${next}`,
  );
}

/** Who may not see an instance may still change what is on it. @throws Refusal where it is known not to run, CloudError where it is not there */
export async function mayRun(read: Reader<Actions>, InstanceId: string): Promise<void> {
  try {
    await running(read, InstanceId);
  } catch (error) {
    if (!(error instanceof CloudError) || isMissing(error)) throw error;
  }
}
