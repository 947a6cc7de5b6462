// A short true story: an agent finds out why a consumer group lags and, once a person agrees, moves it on.
// Every value printed comes out of a tool call to the built server on its embedded sandbox.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import {
  type CallToolResult,
  type ElicitRequestFormParams,
  ElicitRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";

// biome-ignore lint/suspicious/noExplicitAny: responses are explored as an agent would
type Response = any;

const say = (text = "") => console.log(text);
const heading = (text: string) => say(`\n${styleText("bold", text)}`);
const indent = (text: string) => text.replace(/^/gm, "    ");

/** What the person will type into the next dialog, given what it asks for. */
let typed = (asked: string) => asked;

const client = new Client({ name: "demo", version: "1" }, { capabilities: { elicitation: {} } });
client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
  const { message, requestedSchema } = params as ElicitRequestFormParams;
  const title = requestedSchema.properties.confirm?.title ?? "";
  const answer = typed(/^Type (.+) to confirm$/.exec(title)?.[1] ?? "");
  say(
    styleText(
      "yellow",
      indent(
        `┌ the client asks its user\n${message.replace(/^/gm, "│ ")}\n│ ${title}: ${styleText("bold", answer)}\n└`,
      ),
    ),
  );
  return { action: "accept", content: { confirm: answer } };
});

async function call(name: string, args: Record<string, unknown> = {}): Promise<Response> {
  say(styleText("cyan", `  → ${name} ${JSON.stringify(args)}`));
  const result = (await client.callTool({ name, arguments: args })) as CallToolResult;
  const text = result.content[0]?.type === "text" ? result.content[0].text : "";
  if (result.isError) say(styleText("red", indent(text)));
  return result.isError ? undefined : result.structuredContent;
}

const lagOf = (topics: Response[]) => topics.flatMap((t) => t.Partitions).reduce((sum, p) => sum + p.Lag, 0);
const show = (rows: object[]) => console.table(rows);

// Its audit is nobody's.
const state = mkdtempSync(join(tmpdir(), "ckafka-mcp-"));
const server = fileURLToPath(new URL("../dist/index.js", import.meta.url));
await client.connect(
  new StdioClientTransport({
    command: process.execPath,
    args: [server, "--sandbox", "--state-dir", state, "--log-level", "error"],
  }),
);
try {
  const { tools } = await client.listTools();
  say(
    `ckafka-mcp offers ${tools.length} tools; ${tools.filter((t) => t.annotations?.readOnlyHint).length} of them only read.`,
  );

  heading("1. Which instances are there?");
  const { Result: instances } = await call("DescribeInstances");
  show(instances.InstanceList);

  heading("2. Which consumer group lags most?");
  const groups: { instance: string; group: string; state: string; lag: number; topics: Response[] }[] = [];
  for (const { InstanceId } of instances.InstanceList) {
    const { Result: list } = await call("DescribeGroup", { InstanceId });
    const names = list.GroupList.map((g: Response) => g.Group);
    const { Result: info } = await call("DescribeGroupInfo", { InstanceId, GroupList: names });
    for (const { Group, State } of info) {
      const { Result } = await call("DescribeGroupOffsets", { InstanceId, Group });
      groups.push({
        instance: InstanceId,
        group: Group,
        state: State,
        lag: lagOf(Result.TopicList),
        topics: Result.TopicList,
      });
    }
  }
  groups.sort((a, b) => b.lag - a.lag);
  show(groups.slice(0, 5).map(({ topics: _, ...row }) => row));
  const worst = groups[0];
  if (!worst) throw new Error("the sandbox has no groups");

  heading(`3. Where is ${worst.group} behind?`);
  const [lagging] = worst.topics.toSorted((a, b) => lagOf([b]) - lagOf([a]));
  show(lagging.Partitions);
  const stuck = lagging.Partitions.toSorted((a: Response, b: Response) => b.Lag - a.Lag)[0];

  heading(`4. What is the message at ${lagging.Topic}/${stuck.Partition}, offset ${stuck.Offset}?`);
  const { Result: message } = await call("FetchMessageByOffset", {
    InstanceId: worst.instance,
    Topic: lagging.Topic,
    Partition: stuck.Partition,
    Offset: stuck.Offset,
  });
  say(indent(`written ${new Date(message.Timestamp).toISOString()}, headers ${message.Headers?.untrusted ?? "none"}`));
  say(indent(message.Value.untrusted));
  try {
    JSON.parse(message.Value.untrusted);
  } catch (error) {
    say(indent(`${styleText("bold", "not JSON:")} ${(error as Error).message}`));
  }

  heading("5. Move the group to the end. A person has to agree, knowing what is lost.");
  const reset = {
    InstanceId: worst.instance,
    Group: worst.group,
    Strategy: 1,
    ShiftTimestamp: -1,
    Topics: [lagging.Topic],
  };
  typed = () => "yes";
  await call("ModifyGroupOffsets", reset);
  say("  A plain yes is not enough. This time the person types the group's name.");
  typed = (asked) => asked;
  const done = await call("ModifyGroupOffsets", reset);
  if (done) say(styleText("green", indent(`${done.Result.ReturnMessage} (RequestId ${done.RequestId})`)));

  heading("6. Is the lag gone?");
  const after = await call("DescribeGroupOffsets", { InstanceId: worst.instance, Group: worst.group });
  show(after.Result.TopicList.flatMap((t: Response) => t.Partitions));
  say(`  ${worst.group}: lag ${worst.lag} → ${lagOf(after.Result.TopicList)}`);

  heading("7. Delete a topic, with the wrong name typed.");
  const { Result: before } = await call("DescribeTopic", { InstanceId: worst.instance });
  typed = (asked) => asked.slice(0, -1);
  await call("DeleteTopic", { InstanceId: worst.instance, TopicName: lagging.Topic });
  const { Result: left } = await call("DescribeTopic", { InstanceId: worst.instance });
  say(`  Topics before: ${before.TotalCount}, after: ${left.TotalCount}.`);
} finally {
  await client.close();
  rmSync(state, { recursive: true, force: true });
}
