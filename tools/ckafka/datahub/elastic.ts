// What previews show of an elastic topic.
import { Refusal } from "../../../src/model/errors.ts";
import { many, moment, moving, num, quoted, say, worded } from "../../../src/model/line.ts";
import { type Finding, note } from "../../../src/model/preview.ts";
import { amountOf } from "../../../src/model/quantity.ts";
import { attempt, orNothing, type Read } from "../connect/reading.ts";
import { ElasticStatus } from "./codes.ts";

/** Partitions that are looked into; each is a read. */
const MOST = 5;
/** An elastic topic, and how far it is written. */
export async function contents(read: Read, Name: string) {
  const { Result } = await read("DescribeDatahubTopic", { Name });
  const partitions = Number(amountOf(Result.PartitionNum));
  const looked = Math.min(partitions, MOST);
  const where = looked < partitions ? say` in its first ${num(looked)} partitions` : [];
  const topic = say`Elastic topic ${quoted(Name)} (${many(Result.PartitionNum, "partitions")}, ${worded(ElasticStatus.words, Result.Status)})`;
  const finds = await attempt(say`What is in elastic topic ${quoted(Name)}`, async (): Promise<Finding[]> => {
    let newest = 0n;
    let last = 0;
    for (let Partition = 0; Partition < looked; Partition += 1) {
      const found = await read("FetchLatestDatahubMessageList", { Name, Partition, MessageCount: 1 } as never);
      const [message] = found.Result ?? [];
      if (!message) continue;
      const end = BigInt(message.Offset as unknown as number) + 1n;
      if (end > newest) newest = end;
      last = Math.max(last, Number(message.Timestamp as unknown));
    }
    if (newest === 0n) return [note(say`${topic}: ${moving(say`no messages found${where}`, true)}.`)];
    return [
      note(say`${topic}: ${moving(say`last written ${moment(last)}, up to offset ${num(newest)}${where}`, false)}.`),
    ];
  });
  return { ...Result, finds };
}

/** @throws Refusal where a new elastic topic's name begins with another account's number than those that are there */
export async function ofThisAccount(read: Read, Name: string) {
  const found = await orNothing(() => read("DescribeDatahubTopics", { Limit: 1 } as never));
  const appId = /^\d+-/.exec(found?.Result.TopicList?.[0]?.Name ?? "")?.[0];
  if (appId !== undefined && !Name.startsWith(appId))
    throw new Refusal(`Name must begin with the account's AppId, ${appId}, as its other elastic topics do`);
}
