// What a person sees before it changes who may do what.
import type { InputOf, Previews, Reader } from "../../../src/model/action.ts";
import { CloudError, Refusal } from "../../../src/model/errors.ts";
import { count, type Line, num, quoted, say, someOf } from "../../../src/model/line.ts";
import { type Finding, grave, NEW, note } from "../../../src/model/preview.ts";
import type { Actions } from "../actions.ts";
import { every } from "../previews/pages.ts";
import { beyond, everywhere, type Range, rangeOf, rangesLine } from "../previews/ranges.ts";
import { mayRun } from "../previews/running.ts";
import { Networks } from "../route/codes.ts";
import { type acl, namesIn } from "./actions.ts";
import { Applied, Resources } from "./codes.ts";
import {
  type Entry,
  eachHost,
  entriesLine,
  entriesOf,
  equal,
  fromCodes,
  fromNames,
  MOST_NAMED,
  type Place,
  standing,
  todayLines,
  unseenLine,
  weighed,
} from "./entries.ts";

type Read = Reader<Actions>;

/** What several changes need that grant: only users of the instance can be named. @throws Refusal */
async function principalsKnown(read: Read, InstanceId: string, entries: readonly { principal: string }[]) {
  for (const principal of new Set(entries.map((entry) => entry.principal))) {
    if (principal === "User:*") continue;
    const name = principal.replace(/^User:/, "");
    let missing: boolean;
    try {
      const { Result } = await read("DescribeUser", { InstanceId, SearchWord: name, Limit: 100 });
      missing = !Result.Users.some((user) => user.Name === name) && Number(Result.TotalCount) <= Result.Users.length;
    } catch (error) {
      // Whoever may not list users may still grant.
      if (!(error instanceof CloudError)) throw error;
      return;
    }
    if (missing) throw new Refusal(`${InstanceId} has no user ${name}; DescribeUser lists them`);
  }
}

/** The words of a refusal, which is read by the agent as well. */
const said = ({ denies, principal, operation, host }: Entry) =>
  `${denies ? "deny" : "allow"} ${principal} ${operation}${host === "*" ? "" : ` from ${host}`}`;
const calledBy = (type: number, name: string) =>
  type === Resources.code.cluster ? "the cluster" : `${Resources.words[type as 2 | 3]} ${name}`;

/** What new ACLs come to on each place. Those that are there already change nothing. @throws Refusal where that is all of them */
async function added(
  read: Read,
  InstanceId: string,
  type: 2 | 3 | 4,
  names: readonly string[],
  entries: readonly Entry[],
) {
  await mayRun(read, InstanceId);
  const { places, unseen } = await standing(read, InstanceId, type, names);
  const own = ({ entries: there }: Place) => there.filter((entry) => entry.rule === undefined);
  const repeated = places.filter((place) => entries.some((entry) => own(place).some((other) => equal(other, entry))));
  const news = places.map((place) => ({
    place,
    after: [...place.entries, ...entries.filter((entry) => !own(place).some((other) => equal(other, entry)))],
  }));
  if (news.every(({ place, after }) => after.length === place.entries.length))
    throw new Refusal(
      `this ACL is there already: ${entries.map(said).join("; ")} on ${places.map(({ name }) => calledBy(type, name)).join(", ")}; DescribeACL shows it`,
    );
  await principalsKnown(read, InstanceId, entries);
  const { finds, stakes } = weighed(news);
  const again: Finding[] =
    repeated.length > 0
      ? [
          note(
            say`Some of it is there already, on ${
              type === Resources.code.cluster
                ? say`the cluster`
                : someOf(
                    repeated.map(({ name }) => name),
                    MOST_NAMED,
                  )
            }.`,
          ),
        ]
      : [];
  return { finds: [...finds, ...again, ...todayLines(places), ...unseenLine(unseen)], stakes };
}

/** The topics that a rule is for, and how many were not looked at. The list finds those that name a preset; a prefix fits by itself. */
async function covers(
  read: Read,
  InstanceId: string,
  { PatternType, Pattern, RuleName }: { PatternType: string; Pattern: string; RuleName: string },
) {
  const prefixed = PatternType === "PREFIXED";
  const more = prefixed ? { SearchWord: Pattern } : { AclRuleName: RuleName };
  const { items, beyond } = await every(async (Offset) => {
    const { Result } = await read("DescribeTopic", { InstanceId, ...more, Limit: 50, Offset });
    return { items: Result.TopicList.map(({ TopicName }) => TopicName), total: Number(Result.TotalCount) };
  });
  return { items: prefixed ? items.filter((name) => name.startsWith(Pattern)) : items, beyond };
}
/** Topics that are looked at one by one; of more, the first must do. */
const LOOKED_AT = 200;
const notLooked = (rest: number): Finding[] =>
  rest > 0 ? [note(say`${num(rest)} more topics were not looked at: agree only if you know.`)] : [];
const covered = (names: readonly string[], rest: number): Line =>
  say`${count(names.length + rest, "topic")}${names.length > 0 ? say`: ${someOf(names, MOST_NAMED)}` : []}`;

/** @throws Refusal where there is none */
async function ruleOf(read: Read, InstanceId: string, RuleName: string) {
  await mayRun(read, InstanceId);
  const { Result } = await read("DescribeAclRule", { InstanceId, RuleName });
  const found = Result.AclRuleList.find((rule) => rule.RuleName === RuleName);
  if (!found) throw new Refusal(`there is no ACL rule ${RuleName} on ${InstanceId}; DescribeAclRule lists them`);
  return found;
}

/** The entries that a call names, one for each host. */
const described = ({
  Operation,
  PermissionType,
  Host = "*",
  Principal = "User:*",
}: Pick<InputOf<Actions["CreateAcl"]>, "Operation" | "PermissionType" | "Host" | "Principal">): Entry[] =>
  eachHost(fromCodes({ Operation, PermissionType, Host, Principal }));

export const aclPreviews: Previews<typeof acl, Actions> = {
  CreateAcl: async (input, read) => {
    const { InstanceId, ResourceType, ResourceName = "", ResourceNameList } = input;
    const names = ResourceNameList ? (namesIn(ResourceNameList) ?? [ResourceNameList]) : [ResourceName];
    return added(read, InstanceId, ResourceType, names, described(input));
  },
  BatchCreateAcl: async ({ InstanceId, ResourceType, ResourceNames, RuleList }, read) =>
    added(
      read,
      InstanceId,
      ResourceType,
      ResourceNames,
      RuleList.flatMap((entry) => eachHost(fromNames(entry))),
    ),
  DeleteAcl: async (input, read) => {
    const { InstanceId, ResourceType, ResourceName } = input;
    await mayRun(read, InstanceId);
    const { places, unseen } = await standing(read, InstanceId, ResourceType, [ResourceName]);
    const gone = described(input);
    const [place] = places as [Place];
    const after = place.entries.filter(
      (entry) => entry.rule !== undefined || !gone.some((other) => equal(other, entry)),
    );
    if (after.length === place.entries.length && unseen === 0)
      throw new Refusal(
        `there is no such ACL on ${calledBy(ResourceType, ResourceName)}: ${gone.map(said).join("; ")}; DescribeACL lists them`,
      );
    const { finds, stakes } = weighed([{ place, after }]);
    const stays = after.length > 0 ? [note(say`What stays: ${entriesLine(after)}.`)] : [];
    return { finds: [...finds, ...stays, ...unseenLine(unseen)], stakes };
  },
  CreateAclRule: async ({ InstanceId, PatternType, Pattern = "", RuleName, RuleList, IsApplied }, read) => {
    await mayRun(read, InstanceId);
    const { Result: there } = await read("DescribeAclRule", { InstanceId, RuleName });
    if (there.AclRuleList.some((rule) => rule.RuleName === RuleName))
      throw new Refusal(`${InstanceId} has an ACL rule ${RuleName} already; DescribeAclRule shows it`);
    const entries = RuleList.map((entry) => ({ ...fromNames(entry), rule: RuleName }));
    await principalsKnown(read, InstanceId, entries);
    const nothing = { loses: null, opens: null };
    if (PatternType === "PRESET") {
      const whom =
        IsApplied === Applied.code["applied to new topics"]
          ? say`Every topic that is created from now on applies it; today's do once they name it.`
          : say`No topic applies it until one names it.`;
      return { finds: [note(whom)], stakes: nothing };
    }
    const { items: names, beyond: rest } = await covers(read, InstanceId, { PatternType, Pattern, RuleName });
    if (names.length === 0 && rest === 0)
      return {
        finds: [note(say`No topic begins with ${quoted(Pattern)} today; later ones may.`)],
        stakes: nothing,
      };
    const { places, unseen } = await standing(read, InstanceId, 2, names.slice(0, LOOKED_AT));
    const { finds, stakes } = weighed(places.map((place) => ({ place, after: [...place.entries, ...entries] })));
    const unlooked = Math.max(0, names.length - LOOKED_AT) + rest;
    return {
      finds: [
        ...finds,
        note(say`It covers at once ${covered(names, rest)}; and later ones that begin so.`),
        ...todayLines(places),
        ...notLooked(unlooked),
        ...unseenLine(unseen),
      ],
      // Of what was not looked at only the arguments tell.
      ...(unlooked > 0 ? {} : { stakes }),
    };
  },
  ModifyAclRule: async ({ InstanceId, RuleName, IsApplied }, read) => {
    const rule = await ruleOf(read, InstanceId, RuleName);
    if (rule.PatternType === "PREFIXED")
      throw new Refusal(`rule ${RuleName} goes by prefix; only presets can be changed`);
    const will = IsApplied ?? 0;
    if ((rule.IsApplied === 1) === (will === 1))
      throw new Refusal(
        `nothing would change: new topics ${will === 1 ? "" : "do not "}apply rule ${RuleName} already`,
      );
    const then =
      will === 1
        ? say`Topics that are created from now on come under it; those that are there do not.`
        : say`Topics that are created from now on do not come under it any more; those that do stay.`;
    return {
      today: { IsApplied: rule.IsApplied === 1 ? 1 : 0 },
      finds: [note(then), note(say`The rule: ${entriesLine(entriesOf({ ...rule, RuleName }).map(plain))}.`)],
    };
  },
  DeleteAclRule: async ({ InstanceId, RuleName }, read) => {
    const rule = await ruleOf(read, InstanceId, RuleName);
    const what = note(say`The rule: ${entriesLine(entriesOf(rule).map(plain))}.`);
    const { items: names, beyond: rest } = await covers(read, InstanceId, rule);
    if (names.length === 0 && rest === 0)
      return { finds: [note(say`No topic is under it today.`), what], stakes: { loses: null, opens: null } };
    const { places, unseen } = await standing(read, InstanceId, 2, names.slice(0, LOOKED_AT));
    const { finds, stakes } = weighed(
      places.map((place) => ({ place, after: place.entries.filter((entry) => entry.rule !== RuleName) })),
    );
    const unlooked = Math.max(0, names.length - LOOKED_AT) + rest;
    return {
      finds: [
        ...finds,
        note(say`It covers today ${covered(names, rest)}.`),
        what,
        ...notLooked(unlooked),
        ...unseenLine(unseen),
      ],
      ...(unlooked > 0 ? {} : { stakes }),
    };
  },
  ModifyAccessPolicy: async ({ InstanceId, RouteId, IpWhitelist = [] }, read) => {
    await mayRun(read, InstanceId);
    const { Result: shown } = await read("DescribeRoute", { InstanceId, RouteId, MainRouteFlag: true });
    if (shown.Routers.some((route) => route.RouteId === RouteId && route.VipType !== Networks.code.public))
      throw new Refusal(`route ${RouteId} is not public, and only public routes have an IP allow list`);
    const { Result } = await read("DescribeAccessPolicy", { InstanceId, RouteId });
    const before = Result.IpWhitelist ?? [];
    if (JSON.stringify(before.map(written)) === JSON.stringify(IpWhitelist.map(written)))
      throw new Refusal(`nothing would change: the allow list of route ${RouteId} is as given already`);
    const today = IpWhitelist.map((entry) => {
      const there = before.find((other) => other.CidrBlock === entry.CidrBlock);
      if (!there) return { CidrBlock: NEW, PolicyDescription: NEW } as const;
      return { CidrBlock: there.CidrBlock, PolicyDescription: there.PolicyDescription ?? null };
    });
    return { today: { IpWhitelist: today }, ...admitted(before, IpWhitelist) };
  },
};
const plain = ({ rule: _, ...entry }: Entry): Entry => entry;

interface Allowed {
  CidrBlock?: string | null | undefined;
  PolicyDescription?: string | null | undefined;
}
const written = ({ CidrBlock, PolicyDescription }: Allowed) => [CidrBlock ?? "", PolicyDescription ?? ""];
const rangesIn = (list: readonly Allowed[]): Range[] => list.flatMap(({ CidrBlock }) => rangeOf(CidrBlock ?? "") ?? []);

/** Who gains and who loses where one allow list gives way to another, the widest first. What an empty one means is not documented. */
function admitted(before: readonly Allowed[], after: readonly Allowed[]) {
  const [were, are] = [rangesIn(before), rangesIn(after)];
  const [gained, lost] = [beyond(are, were), beyond(were, are)];
  const finds: Finding[] = [];
  if (gained.length > 0) finds.push(grave("opens", say`Admitted from then on: ${rangesLine(gained)}.`));
  if (everywhere(are) && !everywhere(were))
    finds.push(grave("opens", say`Together the entries admit every address of the internet.`));
  if (lost.length > 0) finds.push(grave("loses", say`Admitted no longer: ${rangesLine(lost)}.`));
  const empty = say`whether an empty list admits nobody or everybody is not documented`;
  if (after.length === 0) finds.push(grave("opens", say`The list is then empty; ${empty}.`));
  if (before.length === 0) finds.push(grave("loses", say`The list is empty today; ${empty}.`));
  if (gained.length === 0 && lost.length === 0 && before.length > 0 && after.length > 0)
    finds.push(note(say`The same addresses are admitted as today.`));
  const everybody = everywhere(are) && !everywhere(were) ? say`the route to the whole internet` : undefined;
  const opens =
    everybody ??
    (after.length === 0
      ? say`perhaps the route to the whole internet: ${empty}`
      : gained.length > 0
        ? say`the route to ${rangesLine(gained, 5)}`
        : null);
  const loses =
    before.length === 0
      ? say`perhaps access of everybody else: ${empty}`
      : lost.length > 0
        ? say`access of ${rangesLine(lost, 5)}`
        : null;
  return { finds, stakes: { opens, loses } };
}
