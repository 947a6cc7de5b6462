// Throttle rules: how fast users, clients, consumer groups and topics may be.
import { z } from "zod/v3";
import { domain } from "../src/action.ts";
import {
  acknowledged,
  Group,
  InstanceId,
  integer,
  limit,
  list,
  num,
  Offset,
  shape,
  str,
  TopicName,
  text,
} from "./fields.ts";

const ConsumeThrottle = integer("Consume limit, MB/s.").min(0);
/** What each ThrottleType limits. */
const LISTS = { 1: ["UserNameList", "ClientIdList"], 2: ["GroupNameList"], 3: ["TopicNameList"] } as const;
type ListName = (typeof LISTS)[keyof typeof LISTS][number];
const applied = z.object({ Result: acknowledged.shape.Result.nullable() });

export const throttle = domain({
  DescribeThrottleRules: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List throttle rules. ThrottleType 1 user or client, 2 group, 3 topic; limits in MB/s.",
    input: shape({
      InstanceId,
      SearchWord: text("Keyword.").optional(),
      Limit: limit(20, 200).optional(),
      Offset: Offset.optional(),
      ThrottleDimension: z
        .union([z.literal(1), z.literal(2)])
        .describe("1 all but topics (default), 2 topics.")
        .optional(),
    }),
    output: z.object({
      Result: z
        .object({
          TotalCount: num.nullable(),
          ThrottleRuleList: z
            .array(
              z.object({
                ThrottleRuleId: num.nullable(),
                ThrottleType: num.nullable(),
                ClientId: str.nullable(),
                UserName: str.nullable(),
                ConsumeThrottle: num.nullable(),
                UpdateTime: str.nullable(),
                TopicName: str.nullable(),
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
    about: "Limit users, clients, groups or topics, one rule each.",
    loses: "speed: whoever exceeds the limit is slowed and can fall behind",
    subject: "InstanceId",
    input: shape({
      InstanceId,
      ThrottleType: z.union([z.literal(1), z.literal(2), z.literal(3)]).describe("1 user or client, 2 group, 3 topic."),
      GroupNameList: list(Group, "For type 2.").optional(),
      ConsumeThrottle: ConsumeThrottle.optional(),
      ProduceThrottle: integer("Produce limit, MB/s.").min(0).optional(),
      ClientIdList: list(text("Client id."), "Client ids, for type 1.").optional(),
      UserNameList: list(text("User."), "Users, for type 1.").optional(),
      TopicNameList: list(TopicName, "For type 3.").optional(),
    }),
    rule: (input) => {
      if (input.ConsumeThrottle === undefined && input.ProduceThrottle === undefined)
        return "give ConsumeThrottle or ProduceThrottle, in MB/s, or both";
      const own: readonly ListName[] = LISTS[input.ThrottleType];
      // A list that the type does not limit would be passed over in silence.
      const foreign = Object.values(LISTS)
        .flat()
        .find((name) => input[name] && !own.includes(name));
      if (foreign) return `ThrottleType ${input.ThrottleType} is not for ${foreign}`;
      return own.some((name) => input[name])
        ? undefined
        : `ThrottleType ${input.ThrottleType} needs ${own.join(" or ")}`;
    },
    output: applied,
  },
  ModifyThrottleRule: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Change the consume limit of a throttle rule.",
    subject: "InstanceId",
    escalates: ({ ConsumeThrottle }) =>
      ConsumeThrottle === undefined ? undefined : "consumers above the new limit are slowed and can fall behind",
    input: shape({
      ThrottleRuleId: integer("Rule id.").min(0),
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
    loses: "the limit: what it held back can crowd out others",
    subject: "ThrottleRuleId",
    input: shape({ ThrottleRuleId: text("Rule id."), InstanceId }),
    output: applied,
  },
});
