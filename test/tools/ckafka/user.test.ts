import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diff } from "../../../sandbox/world/diff.ts";
import { dumpWorld } from "../../../sandbox/world/dump.ts";
import {
  agree,
  type Called,
  type ServerUnderTest,
  SHOP,
  sandbox,
  serve,
  smallWorldWith,
  temporaryFolder,
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
const start = async (state = temporaryFolder()) => {
  const box = await sandbox(world);
  const server = await serve(box, { answer: agree, args: ["--log-level", "debug", "--state-dir", state] });
  const [instance] = box.world.regions["ap-guangzhou"]?.instances ?? [];
  return { box, state, ...server, tokens: () => instance?.access.tokens ?? [] };
};
/** What a form says below its title, a line each. */
const lines = (forms: ServerUnderTest["forms"], at = -1): string[] =>
  (forms.at(at)?.message.split("\n") ?? []).slice(1);
/** All that the audit has. */
const audited = (state: string) =>
  readdirSync(join(state, "audit"))
    .map((file) => readFileSync(join(state, "audit", file), "utf8"))
    .join("");
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
  expect(server.forms[0]?.message).toMatch(/^CreateUser on "carol" in "ckafka-one", region ap-guangzhou, account /);
  expect(lines(server.forms)).toEqual(["Password: a secret", "It can use every resource that no ACL closes."]);
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
  expect(lines(server.forms)[0]).toBe("It has no password: nobody can log in as it.");
});

test("a secret of the wrong kind is refused without being repeated", async () => {
  const { call, ...server } = await start();
  const user = await call("CreateUser", { InstanceId, Name: "carol", Password: { is: 20_260_302 } });
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
  expect(lines(server.forms)).toEqual([
    "Loses: access of clients that log in with the old password.",
    "Password: a secret",
    "PasswordNew: a secret",
    "Clients that log in with the old password fail until they have the new one.",
    `The user was created "${before}" and last changed "${before}", Beijing time.`,
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
  // Of the topic another ACL stays; the group had no other.
  expect(lines(forms)).toEqual([
    'Loses: access of every client that logs in as this user; access of "User:alice": read, on topic "events".',
    'Opens: everything to everybody, on group "readers".',
    'On topic "events": then "User:alice" may no longer read.',
    'On group "readers": no ACL is left then, and everybody may do everything.',
    expect.stringMatching(/^Throttle rules name it, and go with it: "\d+"\.$/),
    expect.stringMatching(/^The user was created "2025-12-02 17:00:00" and last changed /),
  ]);
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

test("a token reaches the person in a file, the agent gets a handle, and that serves to authorise and to withdraw", async () => {
  const { call, tokens, state, ...server } = await start();
  const of = { InstanceId, User: "alice" };
  const created = await call("CreateToken", of);
  expect(lines(server.forms).slice(0, 3)).toEqual([
    "Opens: every topic of the instance, past all ACLs, to whoever carries the token.",
    "A client that carries the new token in its client id passes every ACL of the instance.",
    expect.stringMatching(/^The token goes into a file that only the owner of this server can read/),
  ]);
  expect(lines(server.forms)[3]).toMatch(/upgraded the brokers on request, by a ticket/);
  const Tokens = created.data.Result;
  expect(Tokens).toMatch(/^token-[0-9a-f]{8}$/);
  const value = tokens()[0]?.value as string;
  expect(value).toMatch(/^[0-9a-f]{32}$/);
  expect(tokens()).toEqual([{ user: "alice", value, authorized: false }]);
  // Where it lies stands in the result and in the audit; only its owner can read it.
  const path = join(state, "secrets", `${Tokens}.json`);
  expect(created.data["(note)"]).toContain(`The token itself stands in ${path}, which only the owner`);
  expect(audited(state)).toContain(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
    handle: Tokens,
    secret: value,
    action: "CreateToken",
  });

  const early = await call("CancelAuthorizationToken", { ...of, Tokens });
  expect(early.text).toMatch(/FailedOperation.*not authorized/);
  const authorized = await call("AuthorizeToken", { ...of, Tokens });
  expect(lines(server.forms).slice(0, 3)).toEqual([
    "Opens: every topic of the instance, past all ACLs, to whoever carries the token.",
    `Tokens: what "${Tokens}" stands for`,
    "Clients that carry the token then pass every ACL of the instance.",
  ]);
  expect(authorized.data.Result).toBe(0);
  expect(tokens()[0]?.authorized).toBe(true);
  // What the API quotes is blanked, although the call did not have it.
  const others = await call("AuthorizeToken", { ...of, User: "bob", Tokens });
  expect(others.text).toMatch(/InvalidParameterValue: user bob has no such token.*Nothing was changed/);
  // Whoever has the token itself can give that.
  const cancelled = await call("CancelAuthorizationToken", { ...of, Tokens: value });
  expect(lines(server.forms).slice(0, 2)).toEqual([
    "Loses: access of clients that carry the token.",
    "Tokens: a secret",
  ]);
  expect(tokens()[0]?.authorized).toBe(false);
  expect((await call("CreateToken", { ...of, User: "carol" })).text).toMatch(/has no user carol/);
  expect(said(server, created, early, authorized, others, cancelled)).not.toContain(value);
  expect(audited(state)).not.toContain(value);
  expect(audited(state)).toContain(`"Tokens":"${Tokens}"`);
});

test("a handle that stands for nothing, of another account, or of a file that was edited is refused before anybody is asked", async () => {
  const state = temporaryFolder();
  const { call, forms } = await start(state);
  const of = { InstanceId, User: "alice" };
  const unknown = await call("AuthorizeToken", { ...of, Tokens: "token-1a2b3c4d" });
  expect(unknown.text).toMatch(
    /^AuthorizeToken: Tokens: token-1a2b3c4d stands for nothing that this server keeps for this account; .*Nothing was sent\.$/,
  );
  const Tokens = (await call("CreateToken", of)).data.Result;
  const other = await start(state);
  expect((await other.call("AuthorizeToken", { ...of, Tokens })).text).toMatch(/stands for nothing .*Nothing was sent/);
  const path = join(state, "secrets", `${Tokens}.json`);
  writeFileSync(path, readFileSync(path, "utf8").replace(/"secret": "./, '"secret": "!'));
  expect((await call("AuthorizeToken", { ...of, Tokens })).text).toMatch(/stands for nothing .*Nothing was sent/);
  rmSync(path);
  expect((await call("AuthorizeToken", { ...of, Tokens })).text).toMatch(/stands for nothing .*Nothing was sent/);
  // No other secret takes one: it would go where nobody wants it.
  await call("CreateUser", { InstanceId, Name: "carol", Password: "token-1a2b3c4d" });
  expect(lines(forms)[0]).toBe("Password: a secret");
  expect(other.forms).toEqual([]);
});

test("what a preview says of users and tokens is what becomes of the state", async () => {
  const { box, call, forms, tokens } = await start();
  let before = dumpWorld(box.world);
  const changed = () => {
    const was = before;
    before = dumpWorld(box.world);
    return diff(was, before)
      .filter((line) => !/^made: |access\.serial: |\.updated: /.test(line))
      .map((line) => line.replace(/^.*access\./, "").replace(/ → .*|: .*/, ""));
  };
  await call("CreateUser", { InstanceId, Name: "carol", Password: "n3ver-shown" });
  expect(changed()).toEqual(["users[carol]"]);
  await call("ModifyPassword", { ...alice, Password: PASSWORD, PasswordNew: "new-s3cret" });
  expect(changed()).toEqual(["users[alice].password"]);
  const Tokens = (await call("CreateToken", { InstanceId, User: "bob" })).data.Result;
  expect(changed()).toHaveLength(1);
  await call("AuthorizeToken", { InstanceId, User: "bob", Tokens });
  expect([changed().length, tokens()[0]?.authorized]).toEqual([1, true]);
  await call("CancelAuthorizationToken", { InstanceId, User: "bob", Tokens });
  expect([changed().length, tokens()[0]?.authorized]).toEqual([1, false]);
  // The user, both of its ACLs, its throttle rule: each of them was named.
  await call("DeleteUser", alice);
  const access = box.world.regions["ap-guangzhou"]?.instances[0]?.access;
  expect(access?.acls.map(({ resource, principal }) => `${resource} ${principal}`)).toEqual(["events User:bob"]);
  expect(access?.throttles).toHaveLength(1);
  expect(lines(forms).join("\n")).toMatch(/topic "events".*\n.*group "readers"/);
  await call("CreateUser", { InstanceId, Name: "bob" });
  await call("DeleteUser", alice);
  changed();
  expect(changed()).toEqual([]);
});

test("a new user that ACL rules name already gains what they allow, and the person is told", async () => {
  const { call, forms } = await start();
  const RuleList = [{ Operation: "Read", PermissionType: "Allow", Host: "*", Principal: "User:bob" }];
  await call("CreateAclRule", { InstanceId, ResourceType: "Topic", PatternType: "PRESET", RuleName: "r", RuleList });
  await call("DeleteUser", { InstanceId, Name: "bob" });
  expect(lines(forms)).toContain('ACL rules name it, and go on doing so: "r".');
  await call("CreateUser", { InstanceId, Name: "bob", Password: "n3ver-shown" });
  expect(lines(forms).slice(0, 3)).toEqual([
    "Opens: to the new user what ACL rules allow one of its name.",
    "Password: a secret",
    'ACL rules name it before it is there: allow "User:bob" read (rule "r").',
  ]);
});

test("an AppId is listed and paged", async () => {
  const { call } = await serve(await sandbox(world));
  expect((await call("DescribeAppInfo")).data.Result).toEqual({ TotalCount: 1, AppIdList: [1_300_000_000] });
  expect((await call("DescribeAppInfo", { Offset: 1 })).data.Result).toEqual({ TotalCount: 1, AppIdList: [] });
});
