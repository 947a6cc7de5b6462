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
  oneOf,
  shape,
  str,
  TopicName,
  text,
} from "./fields.ts";

const ConsumeThrottle = integer("MB/s.").min(0);
/** What each ThrottleType limits. */
const LISTS = { 1: ["UserNameList", "ClientIdList"], 2: ["GroupNameList"], 3: ["TopicNameList"] } as const;
type ListName = (typeof LISTS)[keyof typeof LISTS][number];
const applied = z.object({ Result: acknowledged.shape.Result.nullable() });

export const throttle = domain({
  DescribeThrottleRules: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List throttle rules, in MB/s; ThrottleType as in CreateThrottleRule.",
    input: shape({
      InstanceId,
      SearchWord: text("Keyword.").optional(),
      Limit: limit(20, 200).optional(),
      Offset: Offset.optional(),
      ThrottleDimension: oneOf([1, 2], "1 all but topics (default), 2 topics.").optional(),
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
    about: "Throttle users, clients, groups or topics, a rule each.",
    loses: "speed: whoever exceeds the limit is slowed and can fall behind",
    subject: "InstanceId",
    input: shape({
      InstanceId,
      ThrottleType: oneOf([1, 2, 3], "1 user or client, 2 group, 3 topic."),
      GroupNameList: list(Group, "Type 2.").optional(),
      ConsumeThrottle: ConsumeThrottle.optional(),
      ProduceThrottle: integer("MB/s.").min(0).optional(),
      ClientIdList: list(text("Client id."), "Type 1.").optional(),
      UserNameList: list(text("User."), "Type 1.").optional(),
      TopicNameList: list(TopicName, "Type 3.").optional(),
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
    about: "Change a throttle rule's consume limit.",
    subject: "InstanceId",
    escalates: ({ ConsumeThrottle }) =>
      ConsumeThrottle === undefined ? undefined : "consumers above the new limit are slowed and can fall behind",
    input: shape({
      ThrottleRuleId: integer("Rule.").min(0),
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
    input: shape({ ThrottleRuleId: text("Rule."), InstanceId }),
    output: applied,
  },
});
