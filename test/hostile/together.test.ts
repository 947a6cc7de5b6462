// Two changes that were each agreed to and rely on each other: whoever comes second is shown the new state. In one process,
// in two, and over the operator's channel.
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Sandbox } from "../../sandbox/server/http.ts";
import { answer, list } from "../../src/guard/operator.ts";
import { ledgerIn } from "../support/guarding.ts";
import { agree, type ServerUnderTest, sandbox, serve, smallWorldWith, temporaryFolder } from "../support/harness.ts";

const InstanceId = "ckafka-one";
const allow = (user: string) => ({ topic: "events", user, operation: "read" });
const world = smallWorldWith({
  users: [{ name: "alice" }, { name: "bob" }],
  acls: [allow("alice"), allow("bob")],
});
const deletion = (user: string) => ({
  ...{ InstanceId, ResourceType: 2, ResourceName: "events", Operation: 3, PermissionType: 3 },
  ...{ Host: "*", Principal: `User:${user}` },
});
/** Whoever is left; an empty list would open the topic to everybody. */
const left = async ({ call }: ServerUnderTest) =>
  (await call("DescribeACL", { InstanceId, ResourceType: 2, ResourceName: "events" })).data.Result.AclList.map(
    ({ Principal }: { Principal: string }) => Principal,
  );

/** Answers once both dialogs are open, so that neither was asked knowing of the other. */
function bothOpen() {
  let open = 0;
  let release = () => {};
  const both = new Promise<void>((resolve) => {
    release = resolve;
  });
  return async (form: Parameters<typeof agree>[0]) => {
    open += 1;
    if (open === 2) release();
    await both;
    return agree(form);
  };
}

async function race(box: Sandbox, servers: [ServerUnderTest, ServerUnderTest]) {
  const results = await Promise.all([
    servers[0].call("DeleteAcl", deletion("alice")),
    servers[1].call("DeleteAcl", deletion("bob")),
  ]);
  expect(results.filter(({ isError }) => !isError)).toHaveLength(1);
  expect(results.find(({ isError }) => isError)?.text).toMatch(
    /the preview has changed since it was confirmed.*Nothing was changed/s,
  );
  expect(box.url).toBeTruthy();
  expect(await left(servers[0])).toHaveLength(1);
}

test("in one process", async () => {
  const box = await sandbox(world);
  const server = await serve(box, { answer: bothOpen() });
  await race(box, [server, server]);
});

test("in two processes that share a state directory", async () => {
  const box = await sandbox(world);
  const start = { answer: bothOpen(), args: ["--state-dir", join(temporaryFolder(), "state")], real: true };
  await race(box, [await serve(box, start), await serve(box, start)]);
});

test("with approvals that the operator gave one after the other, sent together", async () => {
  const box = await sandbox(world);
  const dir = join(temporaryFolder(), "state");
  const server = await serve(box, { args: ["--state-dir", dir] });
  for (const user of ["alice", "bob"]) await server.call("DeleteAcl", deletion(user));
  const { ledger } = ledgerIn(dir);
  for (const waiting of await list(ledger)) await answer(ledger, waiting, waiting.expects, "somebody", Date.now());
  await race(box, [server, server]);
});

test("many changes at once wait for each other, and all run where they do not rely on each other", async () => {
  const box = await sandbox(smallWorldWith({ max: { topics: 40, partitions: 90, groups: 3 } }));
  const server = await serve(box, { answer: agree });
  const names = Array.from({ length: 12 }, (_, i) => `t${i}`);
  const results = await Promise.all(
    names.map((TopicName) => server.call("CreateTopic", { InstanceId, TopicName, PartitionNum: 1, ReplicaNum: 1 })),
  );
  expect(results.filter(({ isError }) => isError).map(({ text }) => text)).toEqual([]);
});
