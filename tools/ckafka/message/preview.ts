// What a person sees before messages are sent: where they go. What they say is among the arguments.
import type { Previews, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import { count, many, quoted, say, someOf } from "../../../src/model/line.ts";
import { type Finding, note } from "../../../src/model/preview.ts";
import { amountOf, quantityOf } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { every } from "../previews/pages.ts";
import { readable } from "../topic/contents.ts";
import type { message } from "./actions.ts";

type Read = Reader<Actions>;
const RUNNING = 1;
const PAUSED = 6;

/** The data task that an access point belongs to. @throws Refusal where there is none, or it takes nothing */
async function taskBehind(read: Read, id: string) {
  const { items, beyond } = await every(async (Offset) => {
    const { Result } = await read("DescribeDatahubTasks", { Limit: 100, Offset });
    return { items: Result.TaskList, total: Result.TotalCount };
  });
  const task = items.find(({ DatahubId }) => DatahubId === id);
  if (!task && beyond === 0)
    throw new Refusal(`no data task of this region has the access point ${id}; DescribeDatahubTasks lists them`);
  if (Number(task?.Status) === PAUSED)
    throw new Refusal(`access point ${id} takes no messages: its data task ${task?.TaskId} is paused`);
  return task;
}

/** Who reads a topic, and will read this. */
async function readers(read: Read, InstanceId: string, TopicName: string): Promise<Finding[]> {
  const own = { InstanceId, TopicName, Limit: 50 };
  const { GroupsInfo } = (await read("DescribeTopicSubscribeGroup", own)).Result;
  if (!GroupsInfo?.length) return [note(say`No consumer group reads it.`)];
  return [note(say`Read by ${someOf(GroupsInfo.map(({ Group }) => Group))}.`)];
}
/** @throws Refusal where a message is larger than the topic takes */
async function fits(read: Read, InstanceId: string, TopicName: string, bodies: readonly string[]): Promise<Finding[]> {
  const { MaxMessageBytes } = (await read("DescribeTopicAttributes", { InstanceId, TopicName })).Result.Config;
  if (MaxMessageBytes === null) return [];
  const most = BigInt(amountOf(MaxMessageBytes));
  const large = bodies.findIndex((body) => BigInt(Buffer.byteLength(body)) > most);
  if (large >= 0) throw new Refusal(`Message[${large}] is larger than the ${most} bytes that topic ${TopicName} takes`);
  return [];
}

/** Where messages for an access point end up. */
async function behind(read: Read, id: string, bodies: readonly string[]): Promise<readonly Finding[]> {
  const task = await taskBehind(read, id);
  const unknown = note(say`Which topic is behind ${quoted(id)} is not known.`);
  if (!task) return [unknown];
  const { KafkaParam, TopicParam } = task.TargetResource ?? {};
  const state = Number(task.Status) === RUNNING ? [] : [note(say`Data task ${quoted(task.TaskId)} is not running.`)];
  if (TopicParam?.Resource) return [note(say`They go to the elastic topic ${quoted(TopicParam.Resource)}.`), ...state];
  const { Resource, Topic } = KafkaParam ?? {};
  if (!Resource || !Topic) return [unknown, ...state];
  return [
    note(say`They go to topic ${quoted(Topic)} of ${quoted(Resource)}.`),
    ...state,
    ...(await readable(say`How large a message the topic takes`, () => fits(read, Resource, Topic, bodies))),
    ...(await readable(say`Who reads the topic`, () => readers(read, Resource, Topic))),
  ];
}

export const messagePreviews: Previews<typeof message, Actions> = {
  SendMessage: async ({ DataHubId, Message }, read) => {
    const bytes = Message.reduce(
      (sum, { Key, Body }) => sum + Buffer.byteLength(Body) + Buffer.byteLength(Key ?? ""),
      0,
    );
    const bodies = Message.map(({ Body }) => Body);
    return {
      finds: [
        ...(await readable(say`Which topic is behind it`, () => behind(read, DataHubId, bodies))),
        note(
          say`${count(Message.length, "message")}, ${many(quantityOf(bytes, "B"), "B")} in all: what is sent cannot be taken back, and whoever reads acts on it.`,
        ),
      ],
    };
  },
};
