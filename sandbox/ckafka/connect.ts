import type { z } from "zod/v3";
import type { Fakes } from "../../src/model/action.ts";
import type { connect as models } from "../../tools/ckafka/connect/actions.ts";
import { complete } from "../reference/shape.ts";
import { Fault } from "../state/fault.ts";
import type { Connection, DataTask, Region, Scope } from "../state/store.ts";
import { dateTime, matches, page, tagList, tagsOf } from "./answers.ts";
import { isLost } from "./data/ends.ts";

const CREATING = 20_000;
const CHANGING = 10_000;
const STEPS = ["WAIT_CREATE_PRIVATELINK", "WAIT_CONNECT_PORT", "WAIT_CONNECT_RESOURCE"];
const QUOTA = 150;
/** Where a system is does not change, in these types: what the reference marks as not to be changed. */
const PLACE = ["Resource", "Port", "ServiceVip", "UniqVpcId"];
const FIXED: Readonly<Record<string, readonly string[]>> = {
  DtsConnectParam: ["Resource", "Port", "Topic"],
  MongoDBConnectParam: [...PLACE, "SelfBuilt"],
  EsConnectParam: [...PLACE, "SelfBuilt"],
  ClickHouseConnectParam: [...PLACE, "SelfBuilt"],
  MySQLConnectParam: PLACE,
  PostgreSQLConnectParam: [...PLACE, "ClusterId"],
  MariaDBConnectParam: PLACE,
  SQLServerConnectParam: PLACE,
};

type Described = z.input<(typeof models)["DescribeConnectResource"]["output"]>["Result"];
type Parameter = Extract<keyof Described, `${string}ConnectParam`>;
/** Of all settings only those of the connection's type are there. */
const none: Record<Parameter, null> = {
  DtsConnectParam: null,
  MongoDBConnectParam: null,
  EsConnectParam: null,
  ClickHouseConnectParam: null,
  MySQLConnectParam: null,
  PostgreSQLConnectParam: null,
  MariaDBConnectParam: null,
  SQLServerConnectParam: null,
  CtsdbConnectParam: null,
  DorisConnectParam: null,
  KafkaConnectParam: null,
  MqttConnectParam: null,
  IcebergConnectParam: null,
};

export function connectionOf({ region }: Scope, id: string): Connection {
  const found = region.datahub.connections.find((c) => c.id === id);
  if (!found) throw new Fault("InvalidParameterValue.InstanceNotExist", `connection ${id} does not exist`);
  return found;
}
/** A connection that can be used by now. */
export function readyConnection(scope: Scope, id: string): Connection {
  const found = connectionOf(scope, id);
  if (statusOf(scope, found).Status !== 1)
    throw new Fault("FailedOperation", `connection ${id} is not running yet; see its Status`);
  return found;
}

/** The instances and connections that a task's source and target name. */
export const resourcesOf = (task: Pick<DataTask, "source" | "target">): string[] =>
  [task.source, task.target]
    .flatMap((end) => Object.values(end ?? {}))
    .flatMap((part) => (typeof part === "object" && "Resource" in part && part.Resource ? [part.Resource] : []));
const users = (region: Region, id: string) => region.datahub.tasks.filter((t) => resourcesOf(t).includes(id));

function statusOf({ region, now }: Scope, connection: Connection) {
  const progress = Math.min(1, (now - connection.created) / CREATING);
  if (progress < 1)
    return { Status: 0, CurrentStep: STEPS[Math.floor(progress * STEPS.length)] as string, ErrorMessage: "" };
  const finished = { CurrentStep: "FINISH", ErrorMessage: "RUNNING" };
  if (connection.changed !== null && now - connection.changed < CHANGING) return { Status: 5, ...finished };
  if (connection.failure !== null)
    return { Status: connection.changed === null ? -1 : 6, CurrentStep: "FINISH", ErrorMessage: connection.failure };
  if (!isLost(region, connection)) return { Status: 1, ...finished };
  return { Status: 7, CurrentStep: "FINISH", ErrorMessage: "the instance does not exist" };
}

const shown = (settings: Connection["settings"]) =>
  Object.fromEntries(Object.entries(settings).map(([parameter, given]) => [parameter, complete(parameter, given)]));

function describe(scope: Scope, connection: Connection) {
  return {
    ResourceId: connection.id,
    ResourceName: connection.name,
    Description: connection.description,
    Type: connection.type,
    ...statusOf(scope, connection),
    CreateTime: dateTime(connection.created),
    StepList: STEPS,
    ...({ ...none, ...shown(connection.settings) } as Pick<Described, Parameter>),
    Tags: tagList(connection.tags),
  };
}

/** The settings among the parameters of a request. */
const settingsIn = (input: object) =>
  Object.fromEntries(Object.entries(input).filter(([name]) => name in none)) as Connection["settings"];

function unique({ region }: Scope, name: string, except?: Connection) {
  if (region.datahub.connections.some((c) => c.name === name && c !== except))
    throw new Fault("InvalidParameterValue.RepetitionValue", `a connection named ${name} exists already`);
}
/** A cloud instance of the same region must be there. */
function reachable(scope: Scope, settings: Connection["settings"]) {
  const kafka = settings.KafkaConnectParam;
  if (kafka && !kafka.SelfBuilt && kafka.Region === undefined && kafka.NetworkType === undefined)
    if (!scope.region.instances.some((i) => i.id === kafka.Resource))
      throw new Fault("InvalidParameterValue.InstanceNotExist", `instance ${kafka.Resource} does not exist`);
}

export const connect: Fakes<typeof models, Scope> = {
  DescribeConnectResources: (scope, { Type, SearchWord, Offset, Limit, ResourceRegion }) => {
    const region = ({ settings }: Connection) =>
      (settings.KafkaConnectParam ?? settings.MqttConnectParam)?.Region as string | undefined;
    const found = scope.region.datahub.connections.filter(
      (c) =>
        (Type === undefined || c.type === Type) &&
        matches(c.name, SearchWord) &&
        (ResourceRegion === undefined || region(c) === ResourceRegion),
    );
    const ConnectResourceList = page(found, Offset, Math.min(Limit ?? 20, 1000)).map((c) => ({
      ...describe(scope, c),
      DatahubTaskCount: users(scope.region, c.id).length,
      TaskProgress: Math.floor(Math.min(1, (scope.now - c.created) / CREATING) * 100),
    }));
    return { Result: { TotalCount: found.length, ConnectResourceList } };
  },
  DescribeConnectResource: (scope, { ResourceId }) => ({
    Result: { ...describe(scope, connectionOf(scope, ResourceId)), IcebergDatabases: null },
  }),
  CreateConnectResource: (scope, { ResourceName, Type, Description, Tags, ...parameters }) => {
    const { connections } = scope.region.datahub;
    unique(scope, ResourceName);
    if (connections.length >= QUOTA) throw new Fault("LimitExceeded", `the quota of ${QUOTA} connections is used up`);
    const settings = settingsIn(parameters);
    if (Object.keys(settings).length === 0)
      throw new Fault("InvalidParameterValue.NotAllowedEmpty", `Type ${Type} comes without its settings`);
    reachable(scope, settings);
    const id = scope.newId("resource");
    connections.push({
      id,
      name: ResourceName,
      type: Type,
      description: Description ?? "",
      created: scope.now,
      changed: null,
      failure: scope.failure,
      settings,
      tags: tagsOf(Tags),
    });
    return { Result: { ResourceId: id } };
  },
  ModifyConnectResource: (scope, { ResourceId, ResourceName, Description, Type, ...parameters }) => {
    const connection = connectionOf(scope, ResourceId);
    if (ResourceName) unique(scope, ResourceName, connection);
    const settings = settingsIn(parameters);
    if (Object.keys(settings).length > 0 && Type !== connection.type)
      throw new Fault("InvalidParameterValue", `Type must be ${connection.type}, which the connection is`);
    const changed = { ...connection.settings };
    for (const [parameter, given] of Object.entries(settings)) {
      const before = connection.settings[parameter] ?? {};
      const moved = FIXED[parameter]?.find((field) => given[field] !== undefined && given[field] !== before[field]);
      if (moved) throw new Fault("InvalidParameterValue", `${parameter}.${moved} cannot be changed`);
      changed[parameter] = { ...before, ...given };
    }
    if (Object.keys(settings).length > 0) reachable(scope, changed);
    const { failure, now } = scope;
    if (failure !== null || Object.keys(settings).length > 0) Object.assign(connection, { changed: now, failure });
    // What is going to fail changes nothing.
    if (failure !== null) return { Result: { ResourceId } };
    connection.settings = changed;
    // Empty leaves as it is.
    connection.name = ResourceName || connection.name;
    connection.description = Description || connection.description;
    return { Result: { ResourceId } };
  },
  DeleteConnectResource: (scope, { ResourceId }) => {
    const { datahub } = scope.region;
    const connection = connectionOf(scope, ResourceId);
    const [task] = users(scope.region, ResourceId);
    if (task) throw new Fault("FailedOperation", `task ${task.id} uses connection ${ResourceId}; delete it first`);
    datahub.connections = datahub.connections.filter((c) => c !== connection);
    return { Result: { ResourceId } };
  },
};
