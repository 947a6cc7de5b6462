// What a person sees before a log topic is offered to Kafka clients, or is no more.
import type { OutputOf, Previews, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import { num, quoted, say, worded } from "../../../src/model/line.ts";
import { type Finding, note, type Today } from "../../../src/model/preview.ts";
import { every } from "../../ckafka/previews/pages.ts";
import type { Actions } from "../actions.ts";
import { stands, tried } from "../reading.ts";
import { type consumer, GroupState, REFORMAT } from "./actions.ts";

type Read = Reader<Actions>;
type Offered = OutputOf<Actions["DescribeKafkaConsumer"]>;
/** Groups of which each has a line; of more it is said how many. */
const MOST_GROUPS = 10;

async function offered(read: Read, FromTopicId: string): Promise<Offered> {
  const found = await read("DescribeKafkaConsumer", { FromTopicId });
  if (found.Status) return found;
  throw new Refusal(`log topic ${FromTopicId} is not offered to Kafka clients; OpenKafkaConsumer offers it`);
}
const asTopic = ({ TopicID }: Offered): Finding[] =>
  TopicID ? [note(say`Kafka clients name it as topic ${quoted(TopicID)}.`)] : [];

/** Who reads it, group by group. */
const readers = (read: Read, TopicId: string) =>
  tried(say`Who reads it`, async () => {
    const { items, beyond } = await every(async (Offset) => {
      const { Groups, Total } = await read("DescribeKafkaConsumerGroupList", { TopicId, Offset, Limit: 100 });
      return { items: Groups ?? [], total: Total };
    });
    const more = Math.max(0, items.length - MOST_GROUPS) + beyond;
    if (items.length === 0 && more === 0) return [note(say`No consumer group reads it.`)];
    return [
      ...items
        .slice(0, MOST_GROUPS)
        .map(({ Group, State }) => note(say`Group ${quoted(Group)} reads it: ${worded(GroupState.words, State)}.`)),
      ...(more > 0 ? [note(say`${num(more)} more groups read it.`)] : []),
    ];
  });

/** Settings as a change gives them. */
function today(found: Offered) {
  const { Compression, ConsumerContent, HasServicesLog, ScopeType } = found;
  return { Compression, ConsumerContent, HasServicesLog, ScopeType } as Today<
    Pick<Offered, "Compression" | "ConsumerContent" | "HasServicesLog" | "ScopeType">
  >;
}

export const consumerPreviews: Previews<typeof consumer, Actions> = {
  OpenKafkaConsumer: async ({ FromTopicId, ScopeType = 0 }, read) => {
    const found = await read("DescribeKafkaConsumer", { FromTopicId });
    if (found.Status)
      throw new Refusal(
        `log topic ${FromTopicId} is offered to Kafka clients already; ModifyKafkaConsumer changes how`,
      );
    return {
      finds: [
        note(say`Whoever has credentials of this account for the log service can read it as a Kafka client.`),
        note(ScopeType === 1 ? say`Logs of the past can be read too.` : say`Only logs from now on can be read.`),
        ...asTopic(found),
      ],
    };
  },
  ModifyKafkaConsumer: async (input, read) => {
    const { FromTopicId, Compression, ConsumerContent } = input;
    const found = await offered(read, FromTopicId);
    const { FromTopicId: _, ...given } = input;
    if (stands(given, found))
      throw new Refusal(`nothing would change on log topic ${FromTopicId}: what is given is in force already`);
    const reformats = !stands({ Compression, ConsumerContent }, found);
    return {
      today: today(found) as Today<typeof input>,
      finds: [...asTopic(found), ...(await readers(read, FromTopicId))],
      stakes: { loses: reformats ? REFORMAT : null },
    };
  },
  CloseKafkaConsumer: async ({ FromTopicId }, read) => {
    const found = await offered(read, FromTopicId);
    return { finds: [...asTopic(found), ...(await readers(read, FromTopicId))] };
  },
};
