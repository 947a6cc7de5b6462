// Throttle rules: how fast users, clients, consumer groups and topics may be.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { say } from "../../../src/model/line.ts";
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
} from "../fields.ts";

const ConsumeThrottle = integer("MB/s.\nHow fast may be consumed; whoever is faster is slowed down.").min(0);
const ThrottleRuleId = "\nThe throttle rule's id; DescribeThrottleRules lists them.";
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
      SearchWord: text("\nA keyword: only rules with this text.").optional(),
      Limit: limit(20, 200).optional(),
      Offset: Offset.optional(),
      ThrottleDimension: oneOf(
        [1, 2],
        "1 all but topics (default), 2 topics.\nWhich rules to list: 1 those of the instance, for users, clients and groups; 2 those of topics.",
      ).optional(),
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
    loses: say`speed: whoever exceeds the limit is slowed and can fall behind`,
    subject: "InstanceId",
    input: shape({
      InstanceId,
      ThrottleType: oneOf(
        [1, 2, 3],
        "1 user or client, 2 group, 3 topic.\nWhat the rules limit, named in the list that belongs to it.",
      ),
      GroupNameList: list(Group, "\nThe consumer groups to limit, for ThrottleType 2.").optional(),
      ConsumeThrottle: ConsumeThrottle.optional(),
      ProduceThrottle: integer(
        "MB/s.\nHow fast may be produced; whoever is faster is slowed down. This, ConsumeThrottle or both are needed.",
      )
        .min(0)
        .optional(),
      ClientIdList: list(
        text("Client id."),
        "\nThe clients to limit, by the client id they connect with, for ThrottleType 1.",
      ).optional(),
      UserNameList: list(text("User."), "\nThe users to limit, by name, for ThrottleType 1.").optional(),
      TopicNameList: list(TopicName, "\nThe topics to limit, by name, for ThrottleType 3.").optional(),
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
    loses: ({ ConsumeThrottle }) =>
      ConsumeThrottle === undefined ? undefined : say`consumers above the new limit are slowed and can fall behind`,
    input: shape({
      ThrottleRuleId: integer(ThrottleRuleId).min(0),
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
    input: shape({ ThrottleRuleId: text(ThrottleRuleId), InstanceId }),
    output: applied,
  },
});
