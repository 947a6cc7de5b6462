import { expect, test } from "vitest";
import {
  agree,
  type Called,
  type ServerUnderTest,
  SHOP,
  sandbox,
  serve,
  smallWorldWith,
} from "../../support/harness.ts";

const InstanceId = "ckafka-one";
const PASSWORD = "old-s3cret";
const alice = { InstanceId, Name: "alice" };
const world = smallWorldWith({
  users: [{ name: "alice", password: PASSWORD }, { name: "bob" }],
  acls: [
    { topic: "events", user: "alice", operation: "read" },
    { group: "readers", user: "alice", operation: "read" },
    { topic: "events", user: "bob", operation: "read" },
  ],
  throttles: [
    { user: "alice", consume: 5 },
    { user: "bob", consume: 5 },
  ],
});
const start = async () => {
  const box = await sandbox(world);
  const server = await serve(box, { answer: agree, args: ["--log-level", "debug"] });
  const [instance] = box.world.regions["ap-guangzhou"]?.instances ?? [];
  return { box, ...server, tokens: () => instance?.access.tokens ?? [] };
};
/** Everything that a person, an agent or a log was shown. */
const said = ({ forms, stderr }: Pick<ServerUnderTest, "forms" | "stderr">, ...results: Called[]) =>
  JSON.stringify([forms, results.map((r) => r.raw)]) + stderr();
const names = async (call: ServerUnderTest["call"], args: object = {}) =>
  (await call("DescribeUser", { InstanceId, ...args })).data.Result.Users?.map((u: { Name: string }) => u.Name);

test("users are listed newest first, searched and paged", async () => {
  const { call } = await serve(await sandbox());
  const of = { InstanceId: SHOP };
  expect(await names(call, of)).toEqual(["partner-acme", "finance", "fulfilment", "checkout"]);
  expect(await names(call, { ...of, SearchWord: "fi" })).toEqual(["finance", "fulfilment"]);
  const page = await call("DescribeUser", { ...of, Offset: 3, Limit: 2 });
  expect(page.data.Result).toMatchObject({ TotalCount: 4, Users: [{ Name: "checkout" }] });
});

test("a user is created once, and its password is shown to nobody", async () => {
  const { call, ...server } = await start();
  const user = { InstanceId, Name: "carol", Password: "n3ver-shown" };
  const created = await call("CreateUser", user);
  expect(created.data.Result.ReturnCode).toBe("0");
  expect(server.forms[0]?.message).toBe(
    "CreateUser on carol in ap-guangzhou, ckafka-one\nAdds user carol to ckafka-one.\nIt may use every resource that no ACL closes.",
  );
  const { data } = await call("DescribeUser", { InstanceId, SearchWord: "carol" });
  expect(data.Result).toEqual({
    Users: [
      {
        UserId: expect.any(Number),
        Name: "carol",
        CreateTime: "2026-03-02 17:00:00",
        UpdateTime: "2026-03-02 17:00:00",
      },
    ],
    TotalCount: 1,
  });
  const again = await call("CreateUser", { ...user, Password: "n3ver-shown-2" });
  expect(again.text).toMatch(/has a user carol already.*Nothing was changed/);
  expect(said(server, created, again)).not.toContain("n3ver-shown");
  await call("CreateUser", { InstanceId, Name: "dave" });
  expect(server.forms.at(-1)?.message).toContain("Adds user dave to ckafka-one, without a password.");
});

test("a secret of the wrong kind is refused without being repeated", async () => {
  const { call, ...server } = await start();
  const user = await call("CreateUser", { InstanceId, Name: "carol", Password: 20_260_302 });
  expect(user.text).toMatch(/^CreateUser: Password must be a string, got \(secret\) /);
  const token = await call("AuthorizeToken", { InstanceId, User: "alice", Tokens: ["20260302"] });
  expect(token.text).toMatch(/^AuthorizeToken: Tokens must be a string, got \(secret\) /);
  expect(said(server, user, token)).not.toContain("20260302");
});

test("a password changes for whoever knows the present one", async () => {
  const { box, call, ...server } = await start();
  const updated = async () =>
    (await call("DescribeUser", { InstanceId, SearchWord: "alice" })).data.Result.Users[0].UpdateTime;
  const before = await updated();
  box.clock.step(60_000);
  const wrong = await call("ModifyPassword", { ...alice, Password: "a-gu3ss", PasswordNew: "new-s3cret" });
  expect(wrong.text).toMatch(
    /FailedOperation: Password is not the present password of user alice.*Nothing was changed/,
  );
  expect(await updated()).toBe(before);
  const right = await call("ModifyPassword", { ...alice, Password: PASSWORD, PasswordNew: "new-s3cret" });
  expect(server.forms[1]?.message.split("\n")).toEqual([
    "ModifyPassword on alice in ap-guangzhou, ckafka-one",
    "Loses: access of clients that log in with the old password.",
    `User alice of ckafka-one, created ${before}, last changed ${before}.`,
    "Clients that log in with the old password fail until they have the new one.",
  ]);
  expect(await updated()).toBe("2026-03-02 17:01:00");
  const old = await call("ModifyPassword", { ...alice, Password: PASSWORD, PasswordNew: "an0ther" });
  expect(old.text).toMatch(/FailedOperation/);
  expect(said(server, wrong, right, old)).not.toMatch(/s3cret|a-gu3ss|an0ther/);
});

test("names and passwords that break the product's rules are refused, and no password is repeated", async () => {
  const { call, ...server } = await start();
  const results: Called[] = [];
  const refused = async (action: string, args: Record<string, unknown>, why: RegExp) => {
    const result = await call(action, args);
    expect(result.text).toMatch(why);
    results.push(result);
  };
  for (const Name of ["-dash", "white space", "a/b"])
    await refused(
      "CreateUser",
      { InstanceId, Name, Password: "n3ver" },
      /InvalidParameter: Name .*Nothing was changed/,
    );
  for (const Password of ["onlysmall", "ONLYCAPITAL", "20260302"])
    await refused("CreateUser", { InstanceId, Name: "erin", Password }, /InvalidParameter: Password must hold two/);
  await refused(
    "ModifyPassword",
    { ...alice, Password: PASSWORD, PasswordNew: "onlysmall" },
    /PasswordNew must hold two/,
  );
  expect(said(server, ...results)).not.toMatch(/onlysmall|ONLYCAPITAL|20260302/);
  expect(await names(call)).toEqual(["bob", "alice"]);
  expect((await call("CreateUser", { InstanceId, Name: "9_e-r.in", Password: "small;" })).isError).toBe(false);
});

test("a user is deleted by its typed name; its ACLs, throttle rules and tokens follow, those of others stay", async () => {
  const { call, forms, tokens } = await start();
  await call("CreateToken", { InstanceId, User: "alice" });
  await call("DeleteUser", alice);
  expect(forms[1]?.requestedSchema.properties.confirm).toMatchObject({ title: "Type alice to confirm" });
  expect(forms[1]?.message).toMatch(
    /Loses: access of every client that logs in as this user\.\nUser alice.*\nACLs name it on events, readers\.\nThrottle rules name it: \d+\.\nWhat has no other ACL is open to everybody/,
  );
  expect(await names(call)).toEqual(["bob"]);
  const { data: acls } = await call("DescribeACL", { InstanceId, ResourceType: 2 });
  expect(acls.Result.AclList).toMatchObject([{ Principal: "User:bob" }]);
  expect((await call("DescribeACL", { InstanceId, ResourceType: 3 })).data.Result.TotalCount).toBe(0);
  const { data: throttles } = await call("DescribeThrottleRules", { InstanceId });
  expect(throttles.Result.ThrottleRuleList).toMatchObject([{ UserName: "bob" }]);
  expect(tokens()).toEqual([]);
  const gone = await call("DeleteUser", alice);
  expect(gone.text).toMatch(/ckafka-one has no user alice; DescribeUser lists them\. Nothing was changed/);
});

test("a token serves from its authorization until that is withdrawn, and nobody is shown it", async () => {
  const { call, tokens, ...server } = await start();
  const of = { InstanceId, User: "alice" };
  const created = await call("CreateToken", of);
  expect(created.data.Result).toBe("(secret)");
  const Tokens = tokens()[0]?.value as string;
  expect(Tokens).toMatch(/^[0-9a-f]{32}$/);
  expect(tokens()).toEqual([{ user: "alice", value: Tokens, authorized: false }]);
  expect((await call("CancelAuthorizationToken", { ...of, Tokens })).text).toMatch(/FailedOperation.*not authorized/);
  const authorized = await call("AuthorizeToken", { ...of, Tokens });
  expect(server.forms.at(-1)?.message).toMatch(/carry the token, past every ACL of ckafka-one\.$/);
  expect(authorized.data.Result).toBe(0);
  expect(tokens()[0]?.authorized).toBe(true);
  const others = await call("AuthorizeToken", { ...of, User: "bob", Tokens });
  expect(others.text).toMatch(/InvalidParameterValue: user bob has no such token.*Nothing was changed/);
  const cancelled = await call("CancelAuthorizationToken", { ...of, Tokens });
  expect(server.forms.at(-1)?.message).toMatch(/^Loses: access of clients that carry the token\.$/m);
  expect(tokens()[0]?.authorized).toBe(false);
  expect((await call("CreateToken", { ...of, User: "carol" })).text).toMatch(/has no user carol/);
  expect(said(server, created, authorized, others, cancelled)).not.toContain(Tokens);
});

test("an AppId is listed and paged", async () => {
  const { call } = await serve(await sandbox(world));
  expect((await call("DescribeAppInfo")).data.Result).toEqual({ TotalCount: 1, AppIdList: [1_300_000_000] });
  expect((await call("DescribeAppInfo", { Offset: 1 })).data.Result).toEqual({ TotalCount: 1 });
});
