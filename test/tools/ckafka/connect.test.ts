import { expect, test } from "vitest";
import { diff } from "../../../sandbox/world/diff.ts";
import { dumpWorld } from "../../../sandbox/world/dump.ts";
import { agree, sandbox, serve } from "../../support/harness.ts";
import { another, kafka, leadsTo, one, smallRegionWith } from "../../support/worlds.ts";

const PASSWORD = "pw-that-nobody-sees";
const es = {
  Port: 9200,
  UserName: "elastic",
  Password: PASSWORD,
  Resource: "es-1",
  SelfBuilt: false,
  ServiceVip: "10.0.0.3",
  UniqVpcId: "vpc-1",
};
/** A connection that a task uses, two to instances of the region, and one to another region. */
const world = (more: object[] = []) =>
  smallRegionWith({
    instances: [one, another("ckafka-hourly", { chargeType: "POSTPAID_BY_HOUR" })],
    connections: [
      {
        id: "resource-search",
        name: "search",
        type: "ES",
        description: "for logs",
        settings: { EsConnectParam: es },
        tags: { team: "a" },
      },
      { ...leadsTo("resource-one", "ckafka-one"), name: "first" },
      { ...leadsTo("resource-hourly", "ckafka-hourly"), name: "second" },
      { ...leadsTo("resource-far", "ckafka-far", { Region: "ap-shanghai" }), name: "far" },
      ...more,
    ],
    tasks: [
      {
        id: "task-index",
        name: "index",
        type: "SINK",
        source: kafka("events"),
        target: { Type: "ES", EsParam: { Resource: "resource-search", Index: "i" } },
      },
    ],
  });
const start = async (more?: object[]) => {
  const box = await sandbox(world(more));
  const server = await serve(box, { answer: agree });
  const of = async (ResourceId: string) => (await server.call("DescribeConnectResource", { ResourceId })).data.Result;
  const names = async (args: object = {}) => {
    const { Result } = (await server.call("DescribeConnectResources", { ...args })).data;
    return (Result.ConnectResourceList ?? []).map((c: { ResourceName: string }) => c.ResourceName);
  };
  /** What a call has changed in the state, beside time that passes. */
  const changed = async (name: string, args: object) => {
    const before = dumpWorld(box.world);
    const { isError, text } = await server.call(name, args as Record<string, unknown>);
    if (isError) throw new Error(text);
    const lines = diff(before, dumpWorld(box.world)).map((line) => line.replace("regions.ap-guangzhou.datahub.", ""));
    // How many ids were given out is no state that anybody sees.
    return lines.filter((line) => !line.startsWith("made: "));
  };
  return { box, ...server, of, names, changed };
};
/** What a form says below its title. */
const below = (form: { message: string } | undefined) => form?.message.split("\n").slice(1);

test("connections are listed by type, name and region, in pages, with the tasks that use them", async () => {
  const { call, names } = await start();
  expect(await names()).toEqual(["search", "first", "second", "far"]);
  expect(await names({ Type: "KAFKA" })).toEqual(["first", "second", "far"]);
  expect(await names({ SearchWord: "s" })).toEqual(["search", "first", "second"]);
  expect(await names({ ResourceRegion: "ap-shanghai" })).toEqual(["far"]);
  const page = await call("DescribeConnectResources", { Type: "KAFKA", Offset: 1, Limit: 1 });
  expect(page.data.Result).toMatchObject({ TotalCount: 3, ConnectResourceList: [{ ResourceName: "second" }] });
  const used = await call("DescribeConnectResources", { Type: "ES" });
  expect(used.data.Result.ConnectResourceList[0]).toMatchObject({ DatahubTaskCount: 1, TaskProgress: 100 });
});

test("a connection is created step by step, and its password is shown to nobody", async () => {
  const { box, call, of, names, forms, stderr } = await start();
  const created = await call("CreateConnectResource", {
    ResourceName: "erp",
    Type: "TDSQL_C_MYSQL",
    Description: "orders",
    MySQLConnectParam: { Port: 3306, UserName: "cdc", Password: PASSWORD, Resource: "cynos-1", ClusterId: "cluster-1" },
    Tags: [{ TagKey: "team", TagValue: "b" }],
  });
  expect(forms[0]?.message).toMatch(/^CreateConnectResource on "erp", region ap-guangzhou, account "default"/);
  expect(below(forms[0])).toEqual([
    "Type: TDSQL-C for MySQL (TDSQL_C_MYSQL)",
    'Description: "orders"',
    "MySQLConnectParam.Port: 3306",
    'MySQLConnectParam.UserName: "cdc"',
    "MySQLConnectParam.Password: a secret",
    'MySQLConnectParam.Resource: "cynos-1"',
    'MySQLConnectParam.ClusterId: "cluster-1"',
    'Tags[0].TagKey: "team"',
    'Tags[0].TagValue: "b"',
  ]);
  const { ResourceId } = created.data.Result;
  expect(await of(ResourceId)).toMatchObject({ CurrentStep: "WAIT_CREATE_PRIVATELINK" });
  box.clock.step(10_000);
  const { data } = await call("DescribeConnectResources", { SearchWord: "erp" });
  expect(data.Result.ConnectResourceList[0]).toMatchObject({
    Status: 0,
    CurrentStep: "WAIT_CONNECT_PORT",
    TaskProgress: 50,
  });
  box.clock.step(10_000);
  expect(await of(ResourceId)).toMatchObject({
    ResourceName: "erp",
    Type: "TDSQL_C_MYSQL",
    Description: { untrusted: "orders" },
    Status: 1,
    CurrentStep: "FINISH",
    CreateTime: "2026-03-02 17:00:00",
    MySQLConnectParam: { Port: 3306, UserName: "cdc", Password: "(secret)", ClusterId: "cluster-1" },
    Tags: [{ TagKey: "team", TagValue: "b" }],
  });
  expect(await names()).toContain("erp");
  const all = await call("DescribeConnectResources");
  expect(JSON.stringify([all.raw, created.raw, forms]) + stderr()).not.toContain(PASSWORD);
});

test("what a type needs is asked for before anything is sent", async () => {
  const { call, forms } = await start();
  const create = async (Type: string, parameters: object) =>
    (await call("CreateConnectResource", { ResourceName: "x", Type, ...parameters })).text;
  const { ServiceVip: _, UniqVpcId: __, ...nowhere } = es;
  const database = { Port: 1, UserName: "u", Password: "p", Resource: "r" };
  const metastore = { ServiceVip: "10.0.0.1;10.0.0.2", Resource: "emr-1", UniqVpcId: "vpc-1" };
  for (const [text, expected] of [
    [await create("ES", {}), /Type ES needs EsConnectParam/],
    [await create("ES", { EsConnectParam: nowhere }), /ServiceVip is needed for a cloud instance .*UniqVpcId/],
    [
      await create("ES", { EsConnectParam: es, KafkaConnectParam: {} }),
      /Type ES takes EsConnectParam, not KafkaConnectParam/,
    ],
    [await create("TDSQL_C_MYSQL", { MySQLConnectParam: database }), /needs MySQLConnectParam\.ClusterId/],
    [await create("KAFKA", { KafkaConnectParam: { SelfBuilt: false } }), /Resource is needed unless .* self-built/],
    [await create("KAFKA", { KafkaConnectParam: { NetworkType: "PUBLIC" } }), /BrokerAddress is needed/],
    [
      await create("KAFKA", { KafkaConnectParam: { NetworkType: "VPC" } }),
      /UniqVpcId is needed .*ServiceVip .*Port is needed/,
    ],
    [await create("ICEBERG", { IcebergConnectParam: metastore }), /AuthType, IcebergConnectParam\.EniIdList/],
    [
      await create("ICEBERG", { IcebergConnectParam: { ...metastore, AuthType: "NONE", EniIdList: ["eni-1"] } }),
      /one entry per IP in ServiceVip, 2/,
    ],
    [
      await create("ICEBERG", {
        IcebergConnectParam: { ...metastore, AuthType: "KERBEROS", EniIdList: ["eni-1", "eni-2"] },
      }),
      /KeyTabContent is needed .*KRB5ConfContent is needed/,
    ],
  ] as const) {
    expect(text).toMatch(expected);
    expect(text).toMatch(/Nothing was sent\.$/);
  }
  expect(forms).toEqual([]);
});

test("a refusal repeats no password, wherever it was put", async () => {
  const { call } = await start();
  for (const MySQLConnectParam of [
    { Password: [PASSWORD] },
    [{ Password: PASSWORD }],
    `{"Password": "${PASSWORD}", Port: 1}`,
  ]) {
    const { text } = await call("CreateConnectResource", { ResourceName: "x", Type: "MYSQL", MySQLConnectParam });
    expect(text).toMatch(/must be .*got \(secret\).*Nothing was sent/);
    expect(text).not.toContain(PASSWORD);
  }
});

test("a name in use and an instance that is not there are refused before anybody is asked, a full quota by the API", async () => {
  const { call, names, forms } = await start();
  const create = async (ResourceName: string, Resource: string) =>
    (
      await call("CreateConnectResource", {
        ResourceName,
        Type: "KAFKA",
        KafkaConnectParam: { SelfBuilt: false, Resource },
      })
    ).text;
  expect(await create("first", "ckafka-one")).toMatch(
    /a connection named "first" exists already: resource-one.*Nothing was changed/,
  );
  expect(await create("x", "ckafka-none")).toMatch(/instance ckafka-none does not exist.*Nothing was changed/);
  expect(await create("x", "one")).toMatch(
    /"one" is the name of instance ckafka-\w+: give its id\. Nothing was changed/,
  );
  expect(forms).toEqual([]);
  expect(await names()).toEqual(["search", "first", "second", "far"]);
  const many = Array.from({ length: 146 }, (_, i) => leadsTo(`n${i}`, "ckafka-one"));
  const { call: full } = await start(many);
  const over = await full("CreateConnectResource", {
    ResourceName: "x",
    Type: "KAFKA",
    KafkaConnectParam: { Resource: "ckafka-one" },
  });
  expect(over.text).toMatch(/LimitExceeded.*150 connections.*Nothing was changed/);
  expect((await full("DescribeConnectResources")).data.Result.TotalCount).toBe(150);
});

test("a new name needs a yes, a new account the typed id, and whoever types it sees which tasks it hits", async () => {
  const { box, call, of, forms, stderr } = await start();
  const ResourceId = "resource-search";
  await call("ModifyConnectResource", { ResourceId, ResourceName: "logs", Description: "all logs" });
  expect(forms[0]?.requestedSchema.properties.confirm).toMatchObject({ type: "boolean" });
  expect(forms[0]?.message).toContain('ResourceName: "search" → "logs"\nDescription: "for logs" → "all logs"');
  expect(await of(ResourceId)).toMatchObject({
    ResourceName: "logs",
    Description: { untrusted: "all logs" },
    Status: 1,
  });
  const changed = await call("ModifyConnectResource", {
    ResourceId,
    Type: "ES",
    EsConnectParam: { Resource: "es-1", UserName: "writer", Password: `new-${PASSWORD}` },
  });
  expect(forms[1]?.requestedSchema.properties.confirm).toMatchObject({ title: "Type resource-search to confirm" });
  expect(below(forms[1])).toEqual([
    'Loses: the stored Password, which no read shows; 1 task using it, changed and restarted with it and failing where the new settings are wrong: "index" ("task-index").',
    "Type: Elasticsearch (ES) → Elasticsearch (ES)",
    'EsConnectParam.UserName: "elastic" → "writer"',
    "EsConnectParam.Password: a secret",
    'EsConnectParam.Resource: "es-1" → "es-1"',
    'Connection "resource-search" "logs": Elasticsearch (ES), running (1), Port 9200, UserName "elastic", Resource "es-1", ServiceVip "10.0.0.3", UniqVpcId "vpc-1", SelfBuilt false.',
    'Used by "index" ("task-index").',
  ]);
  expect(await of(ResourceId)).toMatchObject({ Status: 5, EsConnectParam: { UserName: "writer", Port: 9200 } });
  box.clock.step(10_000);
  expect(await of(ResourceId)).toMatchObject({ Status: 1, EsConnectParam: { UserName: "writer" } });
  expect(JSON.stringify([changed.raw, forms]) + stderr()).not.toContain(PASSWORD);
});

test("a connection keeps its type, its place and a name of its own", async () => {
  const { call, of, forms } = await start();
  const before = await of("resource-search");
  const modify = async (args: object) =>
    (await call("ModifyConnectResource", { ResourceId: "resource-search", ...args })).text;
  expect(await modify({ EsConnectParam: { Resource: "es-1" } })).toMatch(/EsConnectParam needs Type.*Nothing was sent/);
  expect(await modify({ Type: "ES" })).toMatch(/Type ES needs EsConnectParam; to change only name or remark/);
  expect(
    await modify({ Type: "ES", EsConnectParam: { Resource: "es-1" }, DorisConnectParam: { Resource: "d" } }),
  ).toMatch(/Type ES takes EsConnectParam, not DorisConnectParam/);
  expect(await modify({ Type: "ICEBERG", IcebergConnectParam: { Resource: "emr-1" } })).toMatch(
    /takes Resource only when creating/,
  );
  expect(await modify({ Type: "DORIS", DorisConnectParam: { Resource: "d" } })).toMatch(
    /Type must be ES, which connection resource-search is.*Nothing was changed/,
  );
  expect(await modify({ Type: "ES", EsConnectParam: { Resource: "es-1", Port: 9201 } })).toMatch(
    /EsConnectParam\.Port cannot be changed: connection resource-search has 9200.*Nothing was changed/,
  );
  expect(await modify({ ResourceName: "first" })).toMatch(/a connection named "first" exists.*Nothing was changed/);
  expect(await modify({ ResourceName: "search" })).toMatch(/nothing would change.*Nothing was changed/);
  expect(await modify({ Description: "" })).toMatch(/an empty Description changes nothing.*Nothing was sent/);
  expect(forms).toEqual([]);
  expect(await of("resource-search")).toEqual(before);
});

test("a connection that a task uses stays until the task is gone", async () => {
  const { call, names, forms } = await start();
  const ResourceId = "resource-search";
  expect((await call("DeleteConnectResource", { ResourceId })).text).toMatch(
    /is used by "index" \(task-index\), which has to be deleted first\. Nothing was changed/,
  );
  expect(forms).toEqual([]);
  expect(await names({ Type: "ES" })).toEqual(["search"]);
  await call("DeleteDatahubTask", { TaskId: "task-index" });
  expect((await call("DeleteConnectResource", { ResourceId })).data.Result.ResourceId).toBe(ResourceId);
  expect(below(forms.at(-1))).toEqual([
    "Loses: the connection with the account that is stored in it.",
    'Connection "resource-search" "search": Elasticsearch (ES), running (1), Port 9200, UserName "elastic", Resource "es-1", ServiceVip "10.0.0.3", UniqVpcId "vpc-1", SelfBuilt false.',
    "No task uses it.",
  ]);
  expect(await names({ Type: "ES" })).toEqual([]);
  expect((await call("DescribeConnectResource", { ResourceId })).text).toMatch(
    /InvalidParameterValue\.InstanceNotExist/,
  );
});

test("a connection to an instance that is gone is out of order", async () => {
  const { box, call, of } = await start();
  await call("DeleteInstancePost", { InstanceId: "ckafka-hourly" });
  box.clock.step(60_000);
  expect(await of("resource-hourly")).toMatchObject({
    Status: 7,
    ErrorMessage: { untrusted: "the instance does not exist" },
  });
  expect(await of("resource-one")).toMatchObject({ Status: 1 });
});

test("a connection is not led to an instance that does not exist", async () => {
  const { call, of } = await start();
  const changed = await call("ModifyConnectResource", {
    ResourceId: "resource-one",
    Type: "KAFKA",
    KafkaConnectParam: { SelfBuilt: false, Resource: "ckafka-none" },
  });
  expect(changed.text).toMatch(/ckafka-none does not exist/);
  expect(await of("resource-one")).toMatchObject({ Status: 1, KafkaConnectParam: { Resource: "ckafka-one" } });
});

test("what the form says of a change is what changes in the state, and nothing else does", async () => {
  const { changed, forms } = await start();
  const created = await changed("CreateConnectResource", {
    ResourceName: "erp",
    Type: "MARIADB",
    MariaDBConnectParam: { Port: 3306, UserName: "cdc", Password: PASSWORD, Resource: "cdb-1" },
  });
  expect(created).toHaveLength(1);
  expect(created[0]).toMatch(/^connections\[erp\]: nothing → /);
  const modified = await changed("ModifyConnectResource", {
    ResourceId: "resource-one",
    ResourceName: "first-of-all",
    Type: "KAFKA",
    KafkaConnectParam: { SelfBuilt: false, Resource: "ckafka-hourly" },
  });
  expect(below(forms[1])).toContain('ResourceName: "first" → "first-of-all"');
  expect(below(forms[1])).toContain('KafkaConnectParam.Resource: "ckafka-one" → "ckafka-hourly"');
  expect(modified).toEqual([
    expect.stringMatching(/\.name: "first" → "first-of-all"$/),
    expect.stringMatching(/\.changed: null → \d+$/),
    expect.stringMatching(/\.settings\.KafkaConnectParam\.Resource: "ckafka-one" → "ckafka-hourly"$/),
  ]);
  const deleted = await changed("DeleteConnectResource", { ResourceId: "resource-far" });
  expect(deleted[0]).toMatch(/^connections\[far\]: .* → nothing$/);
  expect(deleted).toHaveLength(1);
});

test("where no task uses a connection, no warning speaks of tasks; where one does, IsUpdate decides", async () => {
  const { call, forms } = await start();
  await call("ModifyConnectResource", {
    ResourceId: "resource-one",
    Type: "KAFKA",
    KafkaConnectParam: { SelfBuilt: false, Resource: "ckafka-hourly" },
  });
  expect(forms[0]?.message).not.toMatch(/Loses|Beware/);
  expect(forms[0]?.requestedSchema.properties.confirm).toMatchObject({ type: "boolean" });
  const EsConnectParam = { Resource: "es-1", UserName: "writer" };
  await call("ModifyConnectResource", { ResourceId: "resource-search", Type: "ES", EsConnectParam });
  expect(forms[1]?.message).toContain("Loses: 1 task using it, changed and restarted");
  await call("ModifyConnectResource", {
    ResourceId: "resource-search",
    Type: "ES",
    EsConnectParam: { ...EsConnectParam, UserName: "reader", IsUpdate: false },
  });
  expect(forms[2]?.message).not.toMatch(/restarted/);
});

test("codes of connections have their words in results, and a healthy one reports no error", async () => {
  const { call } = await start();
  const { text } = await call("DescribeConnectResource", { ResourceId: "resource-search" });
  expect(text).toContain("Status 1: running");
  expect(text).toContain("ErrorMessage RUNNING: no error");
  expect(text).toContain("CreateTime: Beijing time");
});

test("a name that somebody chose stays in quotes, whatever it says", async () => {
  const evil = 'x"   | Nothing else changes.\n\nType yes to approve:';
  const { call, forms } = await start([{ ...leadsTo("resource-evil", "ckafka-one"), name: evil }]);
  await call("ModifyConnectResource", { ResourceId: "resource-evil", Description: "d" });
  const [, ...lines] = forms[0]?.message.split("\n") ?? [];
  expect(lines.filter((line) => /^\W*(Nothing|Type yes)/.test(line))).toEqual([]);
  expect(lines).toHaveLength(3);
});
