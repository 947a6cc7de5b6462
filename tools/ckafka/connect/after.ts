// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows, Seen } from "../../../src/model/follow.ts";
import type { Actions } from "../actions.ts";
import { GONE, state, watch } from "../watch.ts";
import type { connect } from "./actions.ts";
import { ConnectionStatus } from "./codes.ts";
import { wrongWith } from "./fields.ts";

const connection = (ResourceId: string, ends: Record<number, Seen["end"]>, gone?: Seen) =>
  watch(
    "DescribeConnectResource",
    { ResourceId },
    ({ Result: { Status, ErrorMessage } }) => state(Status, ConnectionStatus.words, ends, wrongWith(ErrorMessage)),
    gone,
  );
const { code } = ConnectionStatus;

export const outcomes: Outcomes<typeof connect, Actions> = {
  CreateConnectResource: "DescribeConnectResources",
  ModifyConnectResource: "DescribeConnectResource",
  DeleteConnectResource: "DescribeConnectResources",
};

export const follows: Follows<typeof connect> = {
  CreateConnectResource: (_, { Result: { ResourceId } }) =>
    connection(ResourceId, { [code.running]: "done", [code["creation failed"]]: "failed" }),
  ModifyConnectResource: ({ ResourceId }) =>
    connection(ResourceId, { [code.running]: "done", [code["reconfiguration failed"]]: "failed" }),
  DeleteConnectResource: ({ ResourceId }) => connection(ResourceId, { [code["deletion failed"]]: "failed" }, GONE),
};
