// The toolsets of CKafka: one a noun, in the order in which they are advertised.
import { toolsetOf } from "../../src/model/catalogue.ts";
import { acl } from "./acl/index.ts";
import type { Actions } from "./actions.ts";
import { connect } from "./connect/index.ts";
import { datahub } from "./datahub/index.ts";
import { group } from "./group/index.ts";
import { instance } from "./instance/index.ts";
import { message } from "./message/index.ts";
import { purchase } from "./purchase/index.ts";
import { route } from "./route/index.ts";
import { ckafka } from "./service.ts";
import { throttle } from "./throttle/index.ts";
import { topic } from "./topic/index.ts";
import { upkeep } from "./upkeep/index.ts";
import { user } from "./user/index.ts";

const toolset = toolsetOf<Actions>();

export const toolsets = {
  instance: toolset(ckafka, instance),
  topic: toolset(ckafka, topic),
  group: toolset(ckafka, group),
  message: toolset(ckafka, message),
  acl: toolset(ckafka, acl),
  user: toolset(ckafka, user),
  route: toolset(ckafka, route),
  throttle: toolset(ckafka, throttle),
  purchase: toolset(ckafka, purchase),
  upkeep: toolset(ckafka, upkeep),
  connect: toolset(ckafka, connect),
  datahub: toolset(ckafka, datahub),
};
