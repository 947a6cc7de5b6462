// Throttle rules: how fast users, clients, consumer groups and topics may be.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { integer, meant, name, names, object, quantity, text, time, total } from "../../../src/model/field.ts";
import { say } from "../../../src/model/line.ts";
import { acknowledged, InstanceId, limit, num, Offset, str } from "../fields.ts";
import { ThrottleDimension, ThrottleType } from "./codes.ts";

const ConsumeThrottle = quantity("MB/s", "How fast may be consumed; whoever is faster is slowed down.", { min: 0 });
const RULE_ID = "The throttle rule's number; DescribeThrottleRules lists them.";
/** What each ThrottleType limits. */
const LISTS = { 1: ["UserNameList", "ClientIdList"], 2: ["GroupNameList"], 3: ["TopicNameList"] } as const;
type ListName = (typeof LISTS)[keyof typeof LISTS][number];
const applied = z.object({ Result: acknowledged.shape.Result.nullable() });

export const throttle = domain({
  DescribeThrottleRules: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List throttle rules, with limits in MB/s.",
    input: object({
      InstanceId,
      SearchWord: text("A keyword: only rules with this text.").optional(),
      Limit: limit(20, 200).optional(),
      Offset: Offset.optional(),
      ThrottleDimension: ThrottleDimension.field(
        "Which rules to list: 1 those of the instance, for users, clients and groups; 2 those of topics.",
        { brief: "1 all but topics (default), 2 topics." },
      ).optional(),
    }),
    output: z.object({
      Result: z
        .object({
          TotalCount: total("ThrottleRuleList").nullable(),
          ThrottleRuleList: z
            .array(
              z.object({
                ThrottleRuleId: num.nullable(),
                ThrottleType: ThrottleType.open("What the rule limits by.").nullable(),
                // Written by whoever made the rule, in this account.
                ClientId: str.nullable(),
                UserName: name("user", "The limited user.").nullable(),
                ConsumeThrottle: quantity("MB/s", "How fast may be consumed.").nullable(),
                UpdateTime: time("Beijing", "When the rule was last changed.").nullable(),
                TopicName: name("topic", "The limited topic.").nullable(),
                TopicId: str.nullable(),
              }),
            )
            .nullable(),
        })
        .nullable(),
    }),
  },
  CreateThrottleRule: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Throttle users, clients, groups or topics, a rule each.",
    loses: say`speed: whoever exceeds the limit is slowed and can fall behind`,
    subject: "InstanceId",
    input: object({
      InstanceId,
      ThrottleType: ThrottleType.field("What the rules limit, named in the list that belongs to it.", {
        brief: "1 user or client, 2 group, 3 topic.",
      }),
      GroupNameList: names("group", "The consumer groups to limit, for ThrottleType 2.").optional(),
      ConsumeThrottle: ConsumeThrottle.optional(),
      ProduceThrottle: quantity(
        "MB/s",
        "How fast may be produced; whoever is faster is slowed down. This, ConsumeThrottle or both are needed.",
        { min: 0 },
      ).optional(),
      ClientIdList: meant<string[], string[]>(
        z.array(z.string().min(1)).min(1),
        { is: "plain" },
        "The clients to limit, by the client id they connect with, for ThrottleType 1.",
      ).optional(),
      UserNameList: names("user", "The users to limit, for ThrottleType 1.").optional(),
      TopicNameList: names("topic", "The topics to limit, for ThrottleType 3.").optional(),
    }),
    rule: (input) => {
      if (input.ConsumeThrottle === undefined && input.ProduceThrottle === undefined)
        return "give ConsumeThrottle or ProduceThrottle, in MB/s, or both";
      const own: readonly ListName[] = LISTS[input.ThrottleType];
      // A list that the type does not limit would be passed over in silence.
      const other = Object.values(LISTS)
        .flat()
        .find((list) => input[list] && !own.includes(list));
      if (other) return `ThrottleType ${input.ThrottleType} is not for ${other}`;
      return own.some((list) => input[list])
        ? undefined
        : `ThrottleType ${input.ThrottleType} needs ${own.join(" or ")}`;
    },
    output: applied,
  },
  ModifyThrottleRule: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Change a throttle rule's consume limit.",
    subject: ({ ThrottleRuleId }) => String(ThrottleRuleId),
    loses: ({ ConsumeThrottle }) =>
      ConsumeThrottle === undefined ? undefined : say`consumers above the new limit are slowed and can fall behind`,
    input: object({
      ThrottleRuleId: integer(RULE_ID, { min: 0 }),
      InstanceId,
      ConsumeThrottle: ConsumeThrottle.optional(),
    }),
    output: applied,
  },
  DeleteThrottleRule: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Delete a throttle rule.",
    loses: say`the limit: what it held back can crowd out others`,
    subject: "ThrottleRuleId",
    input: object({ ThrottleRuleId: text(RULE_ID, { brief: 'Text, like "1010".' }), InstanceId }),
    output: applied,
  },
});
