// What a person sees before an import is made, changed or deleted. Where it reads an instance of CKafka, what it does there is
// looked up there.
import type { InputOf, OutputOf, Previews, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import { count, joined, type Line, moving, num, quoted, say, someOf, worded } from "../../../src/model/line.ts";
import { type Finding, note, type Today } from "../../../src/model/preview.ts";
import { amountOf } from "../../../src/model/quantity.ts";
import { every } from "../../ckafka/previews/pages.ts";
import type { Actions } from "../actions.ts";
import { stands, tried } from "../reading.ts";
import { MOVE, PAUSE, REPARSE, type recharge } from "./actions.ts";
import { Checked, Offset, Status, StatusControl } from "./codes.ts";

type Read = Reader<Actions>;
type Info = OutputOf<Actions["DescribeKafkaRecharges"]>["Infos"][number];
type Creation = InputOf<(typeof recharge)["CreateKafkaRecharge"]>;
type Change = InputOf<(typeof recharge)["ModifyKafkaRecharge"]>;

const namesIn = (topics: string | null | undefined) =>
  (topics ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
/** Which topics an instance does not have. */
async function missing(read: Read, InstanceId: string, topics: string[]): Promise<string[]> {
  const found = await Promise.all(
    topics.map(async (topic) => {
      const { items, beyond } = await every(async (Offset) => {
        const { Result } = await read("DescribeTopic", { InstanceId, SearchWord: topic, Limit: 50, Offset });
        return { items: Result?.TopicList ?? [], total: Result?.TotalCount ?? 0 };
      });
      return beyond > 0 || items.some(({ TopicName }) => TopicName === topic);
    }),
  );
  return topics.filter((_, at) => !found[at]);
}
/** @throws Refusal where the instance has no such topics: nothing can be read from them */
async function requireTopics(read: Read, InstanceId: string, topics: string[]): Promise<Finding[]> {
  return tried(say`The topics of ${quoted(InstanceId)}`, async () => {
    const absent = await missing(read, InstanceId, topics);
    if (absent.length > 0)
      throw new Refusal(`${InstanceId} has no topic ${absent.join(", ")}; DescribeTopic lists its topics`);
    return [];
  });
}

interface Joined {
  finds: Finding[];
  there: boolean;
  loses: Line | undefined;
}
const NOBODY: Joined = { finds: [], there: false, loses: undefined };
/** Whether a group that is to read an instance is there already, and whom an import then takes partitions from. */
async function joins(read: Read, InstanceId: string, group: string): Promise<Joined> {
  let loses: Line | undefined;
  let there = false;
  const finds = await tried(say`Group ${quoted(group)} on ${quoted(InstanceId)}`, async () => {
    const { Result } = await read("DescribeGroupInfo", { InstanceId, GroupList: [group] });
    const found = Result?.[0];
    if (!found || found.State === "Dead") return [];
    const members = found.Members?.length ?? 0;
    there = true;
    const state =
      found.State === "Empty"
        ? say`has no members`
        : say`is at work with ${num(members)} ${members === 1 ? say`member` : say`members`}`;
    const line = note(
      say`Group ${quoted(group)} is on ${quoted(InstanceId)} already and ${state}; the import goes on where the group is.`,
    );
    if (found.State === "Empty") return [line];
    loses = say`messages that the members of group ${quoted(group)} read today: the import takes partitions from them`;
    return [line];
  });
  return { finds, there, loses };
}

/** How far the group of an import is behind. */
const lag = (read: Read, InstanceId: string, Group: string) =>
  tried(say`The place of group ${quoted(Group)}`, async () => {
    const { items } = await every(async (Offset) => {
      const { Result } = await read("DescribeGroupOffsets", { InstanceId, Group, Limit: 50, Offset });
      return { items: Result?.TopicList ?? [], total: Result?.TotalCount ?? 0 };
    });
    const behind = items
      .flatMap(({ Partitions }) => Partitions ?? [])
      .reduce((sum, { Lag }) => sum + BigInt(amountOf(Lag)), 0n);
    return [
      note(
        say`On ${quoted(InstanceId)} it is consumer group ${quoted(Group)}, ${moving([count(behind, "offset")], behind === 0n)} behind.`,
      ),
    ];
  });

/** @throws Refusal where there is no such import */
async function importOf(read: Read, TopicId: string, Id: string): Promise<Info> {
  const { Infos } = await read("DescribeKafkaRecharges", { TopicId, Id });
  const found = (Infos ?? []).find((info) => info.Id === Id);
  if (!found) throw new Refusal(`log topic ${TopicId} has no import ${Id}; DescribeKafkaRecharges lists them`);
  return found;
}
const identity = (info: Info): Finding =>
  note(
    say`It is import ${quoted(info.Name)}, ${worded(Status.words, info.Status)}, of ${someOf(namesIn(info.UserKafkaTopics))}.`,
  );
const ofInstance = (info: Info) => (info.KafkaType === 0 && info.KafkaInstance ? info.KafkaInstance : undefined);
const place = (read: Read, info: Info) => {
  const instance = ofInstance(info);
  return instance && info.ConsumerGroupName ? lag(read, instance, info.ConsumerGroupName) : Promise.resolve([]);
};

/** What the log service itself says of the source. */
function checked(read: Read, input: Creation): Promise<Finding[]> {
  const { KafkaType, KafkaInstance, ServerAddr, IsEncryptionAddr, Protocol, UserKafkaMeta } = input;
  const source = { KafkaType, KafkaInstance, ServerAddr, IsEncryptionAddr, Protocol, UserKafkaMeta };
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined));
  return tried(say`Whether the log service can read this Kafka`, async () => {
    const { Status: status } = await read(
      "CheckRechargeKafkaServer",
      given as InputOf<Actions["CheckRechargeKafkaServer"]>,
    );
    return status === 0
      ? [note(say`The log service can read this Kafka.`)]
      : [note(say`The log service finds fault with this Kafka: ${worded(Checked.words, status)}.`)];
  });
}
/** Lines that are to be parsed, and are dropped where they cannot be. */
const drops = ({ RechargeType, UnMatchLogSwitch }: Creation["LogRechargeRule"]): Finding[] =>
  RechargeType !== "minimalist_log" && !UnMatchLogSwitch
    ? [note(say`Lines that cannot be parsed are dropped: UnMatchLogSwitch is not true.`)]
    : [];

/** What an import is told to be, where it is one or the other today. */
const control = (status: number) =>
  ({ [Status.code.running]: StatusControl.code.running, [Status.code.paused]: StatusControl.code.paused })[status];

export const rechargePreviews: Previews<typeof recharge, Actions> = {
  CreateKafkaRecharge: async (input, read) => {
    const { TopicId, Name, KafkaInstance, UserKafkaTopics, ConsumerGroupName, LogRechargeRule } = input;
    const { Infos } = await read("DescribeKafkaRecharges", { TopicId });
    const alike = (Infos ?? []).some((info) => info.Name === Name);
    const topics = KafkaInstance ? await requireTopics(read, KafkaInstance, namesIn(UserKafkaTopics)) : [];
    const entered = KafkaInstance && ConsumerGroupName ? await joins(read, KafkaInstance, ConsumerGroupName) : NOBODY;
    const others = (Infos ?? []).length;
    const start =
      input.Offset === Offset.code.earliest
        ? note(say`All that the topics hold is imported, then what is written to them.`)
        : note(say`What the topics hold already is not imported.`);
    return {
      finds: [
        ...(entered.there ? [] : [start]),
        note(
          KafkaInstance
            ? say`On ${quoted(KafkaInstance)} the import is one more consumer group, which takes bandwidth.`
            : say`The log service connects to a Kafka outside of CKafka.`,
        ),
        ...entered.finds,
        ...topics,
        ...(await checked(read, input)),
        ...drops(LogRechargeRule),
        ...(alike
          ? [note(say`The log topic has an import named ${quoted(Name)} already; a second may be refused.`)]
          : []),
        ...(others > 0 ? [note(say`Imports that the log topic has today: ${num(others)}.`)] : []),
      ],
      stakes: entered.loses ? { loses: entered.loses } : {},
    };
  },
  ModifyKafkaRecharge: async (input, read) => {
    const { Id, TopicId, StatusControl: wanted, LogRechargeRule, ...rest } = input;
    const info = await importOf(read, TopicId, Id);
    const today = { ...info, StatusControl: control(info.Status) };
    if (stands({ ...rest, LogRechargeRule, StatusControl: wanted }, today))
      throw new Refusal(`nothing would change on import ${Id}: what is given is in force already`);
    const instance = input.KafkaInstance ?? (input.KafkaType === 1 ? undefined : ofInstance(info));
    const [before, after] = [namesIn(info.UserKafkaTopics), namesIn(input.UserKafkaTopics ?? info.UserKafkaTopics)];
    const dropped = before.filter((topic) => !after.includes(topic));
    const elsewhere = !stands(
      { KafkaType: input.KafkaType, KafkaInstance: input.KafkaInstance, ConsumerGroupName: input.ConsumerGroupName },
      info,
    );
    const added = elsewhere ? after : after.filter((topic) => !before.includes(topic));
    const topics = instance && added.length > 0 ? await requireTopics(read, instance, added) : [];
    const group = input.ConsumerGroupName ?? info.ConsumerGroupName;
    const entered = elsewhere && instance && group ? await joins(read, instance, group) : NOBODY;
    const [pauses, reparses] = [wanted === StatusControl.code.paused, !stands(LogRechargeRule, info.LogRechargeRule)];
    const lost: Line[] = [
      ...(pauses && info.Status !== Status.code.paused ? [PAUSE] : []),
      ...(elsewhere ? [MOVE] : dropped.length > 0 ? [say`its place in ${someOf(dropped)}`] : []),
      ...(reparses ? [REPARSE] : []),
      ...(entered.loses ? [entered.loses] : []),
    ];
    return {
      today: today as unknown as Today<Change>,
      finds: [
        identity(info),
        ...(await place(read, info)),
        ...entered.finds,
        ...topics,
        ...(LogRechargeRule && reparses ? drops(LogRechargeRule) : []),
      ],
      stakes: { loses: lost.length > 0 ? joined(lost, say`; `) : null },
    };
  },
  DeleteKafkaRecharge: async ({ Id, TopicId }, read) => {
    const info = await importOf(read, TopicId, Id);
    return { finds: [identity(info), ...(await place(read, info))] };
  },
};
