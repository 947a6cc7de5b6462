// A consumer group as reads show it.
import { z } from "zod/v3";
import { foreign, meant, name } from "../../../src/model/field.ts";
import { num, str } from "../fields.ts";
import { Assignor, GroupState } from "./codes.ts";

export const groupInfo = z.object({
  ErrorCode: meant<string, string>(str, { is: "success", good: ["0"] }, "Kafka's error code of the read; 0 is none."),
  State: GroupState.open("What the group is doing; Dead is one that does not exist."),
  ProtocolType: str,
  Protocol: Assignor.open("How the partitions are shared among the members."),
  Members: z.array(
    z.object({
      MemberId: foreign("The member's id, which begins with what its client calls itself."),
      ClientId: foreign("What the member's client calls itself."),
      ClientHost: str,
      Assignment: z.object({
        Version: num,
        Topics: z.array(z.object({ Topic: name("topic", "A topic that it reads."), Partitions: z.array(num) })),
      }),
    }),
  ),
  Group: name("group", "The consumer group."),
});
