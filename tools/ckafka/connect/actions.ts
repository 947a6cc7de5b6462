// Connections: systems that data tasks read from and write to, with their addresses and credentials.
import { z } from "zod/v3";
import { abridge } from "../../../src/model/abridge.ts";
import { domain } from "../../../src/model/action.ts";
import { meant, measure, name, text, time, total } from "../../../src/model/field.ts";
import { type Line, say, together } from "../../../src/model/line.ts";
import { lacking, limit, Offset, returned, SearchWord, shape, str, Tags, tags } from "../fields.ts";
import { ChangeableType, ConnectionStatus, ConnectionType } from "./codes.ts";
import { ErrorMessage, remark } from "./fields.ts";
import * as models from "./models.ts";

const ResourceId = name(
  "connection",
  "Id of the connection, like resource-1a2b3c4d; DescribeConnectResources lists them.",
);
const Description = (about: string) => meant<string, string>(z.string(), { is: "foreign" }, about).optional();

/** Which parameter holds the settings of a type. */
const parameters = {
  KAFKA: "KafkaConnectParam",
  MYSQL: "MySQLConnectParam",
  TDSQL_C_MYSQL: "MySQLConnectParam",
  POSTGRESQL: "PostgreSQLConnectParam",
  TDSQL_C_POSTGRESQL: "PostgreSQLConnectParam",
  MARIADB: "MariaDBConnectParam",
  SQLSERVER: "SQLServerConnectParam",
  MONGODB: "MongoDBConnectParam",
  ES: "EsConnectParam",
  CLICKHOUSE: "ClickHouseConnectParam",
  DORIS: "DorisConnectParam",
  DTS: "DtsConnectParam",
  MQTT: "MqttConnectParam",
  ICEBERG: "IcebergConnectParam",
} as const;
export const changeable = { ...parameters, CTSDB: "CtsdbConnectParam" } as const;

// Of every type's settings one field is listed: there are sixty, a call needs about seven, and some clients refuse
// objects that have none.
type Settings = z.ZodObject<{ Resource: z.ZodTypeAny }, "strict">;
/** @param brief which fields matter, for the list */
const listed = <M extends Settings>(model: M, type: string, brief = "") =>
  abridge(model.describe(`${brief}\nHow to reach the system and sign in to it, for Type ${type}.`), "Resource");
/** Where a system is cannot change. */
const account = <M extends Settings>(model: M, type: string) =>
  abridge(
    model.describe(`\nHow to sign in, for Type ${type}. Resource, Port and the like stay as they are.`),
    "Resource",
  );
const kafka = listed(models.kafka, "KAFKA", "Resource or BrokerAddress.").superRefine(models.kafkaReachable);
const mqtt = listed(models.mqtt, "MQTT", "Usual.").optional();
const iceberg = listed(models.iceberg, "ICEBERG", "Also EniIdList, AuthType.").superRefine(models.metastore);

const settings = {
  DtsConnectParam: returned(models.dts).nullable(),
  MongoDBConnectParam: returned(models.mongoDb).nullable(),
  EsConnectParam: returned(models.elasticsearch).nullable(),
  ClickHouseConnectParam: returned(models.clickHouse).nullable(),
  MySQLConnectParam: returned(models.mySql).nullable(),
  PostgreSQLConnectParam: returned(models.postgreSql).nullable(),
  MariaDBConnectParam: returned(models.mariaDb).nullable(),
  SQLServerConnectParam: returned(models.sqlServer).nullable(),
  CtsdbConnectParam: returned(models.ctsdb).nullable(),
  DorisConnectParam: returned(models.doris).nullable(),
  KafkaConnectParam: returned(models.kafka).nullable(),
  MqttConnectParam: returned(models.mqtt).nullable(),
  IcebergConnectParam: returned(models.iceberg).nullable(),
};
const described = {
  ResourceId,
  ResourceName: str,
  Description: remark("Somebody's remark on the connection."),
  Type: ChangeableType.open("Kind of system that is connected to."),
  Status: ConnectionStatus.open("What the connection is doing."),
  CreateTime: time("Beijing", "When the connection was created."),
  ErrorMessage,
  CurrentStep: str,
  StepList: z.array(str).nullable(),
  ...settings,
  Tags: tags.nullable(),
};
const answer = z.object({ Result: z.object({ ResourceId }) });

type Given = Record<string, unknown>;
/** The settings among the parameters of a call. */
export const settingsIn = (input: object): Given | undefined =>
  Object.entries(input).find(([name, value]) => name.endsWith("ConnectParam") && value)?.[1] as Given | undefined;
export const REPLACED: Line = say`the stored account or address is replaced; tasks that use it fail where the new one is wrong`;
export const RESTARTED: Line = say`tasks that use it are changed and restarted (IsUpdate, true unless it is given)`;

/** The cloud ignores settings of other types, while whoever agrees would see them. */
function stray(input: object, type: string, parameter: string) {
  const other = Object.keys(input).find((name) => name.endsWith("ConnectParam") && name !== parameter);
  return other && `Type ${type} takes ${parameter}, not ${other}`;
}
/** The fields of a connection's own settings that are missing, as one sentence. */
function missing(parameter: string, given: unknown, when: string, ...fields: string[]) {
  const blank = lacking(given as object, fields).map((field) => `${parameter}.${field}`);
  return blank.length > 0 ? `${when} needs ${blank.join(", ")}` : undefined;
}

export const connect = domain({
  DescribeConnectResources: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List connections with state.",
    input: shape({
      Type: text("Only connections to systems of this type; CreateConnectResource has the types.", {
        brief: "Like KAFKA",
      }).optional(),
      SearchWord: SearchWord.optional(),
      Offset: Offset.optional(),
      // The cloud takes more than 1000 for 1000.
      Limit: limit(20, undefined, " More than 1000 counts as 1000.").optional(),
      ResourceRegion: text(
        "Only connections to systems in this region, like ap-guangzhou, where they state one.",
      ).optional(),
    }),
    output: z.object({
      Result: z.object({
        TotalCount: total("ConnectResourceList"),
        ConnectResourceList: z.array(
          z.object({
            ...described,
            DatahubTaskCount: z.number(),
            TaskProgress: measure("%", "How far its creation has got."),
          }),
        ),
      }),
    }),
  },
  DescribeConnectResource: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show a connection with its settings and state.",
    input: shape({ ResourceId }),
    output: z.object({
      Result: z.object({ ...described, IcebergDatabases: z.array(models.icebergDatabase).nullable() }),
    }),
  },
  CreateConnectResource: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Create a connection for data tasks.",
    subject: "ResourceName",
    input: shape({
      ResourceName: text("Name of the new connection, for people who choose one."),
      Type: ConnectionType.field("Kind of system that is connected to; its own parameter beside it says where.", {
        brief: "Usual fields: Resource, SelfBuilt, Port, UserName, Password, ServiceVip, UniqVpcId",
      }),
      Description: Description("Remark on the connection, for people who read it."),
      DtsConnectParam: listed(models.dts, "DTS", "Also GroupId, Topic.").optional(),
      MongoDBConnectParam: listed(models.mongoDb, "MONGODB", "Usual.").superRefine(models.reachable).optional(),
      EsConnectParam: listed(models.elasticsearch, "ES", "Also EsType, Protocol.")
        .superRefine(models.reachable)
        .optional(),
      ClickHouseConnectParam: listed(models.clickHouse, "CLICKHOUSE", "Usual.")
        .superRefine(models.reachable)
        .optional(),
      MySQLConnectParam: listed(models.mySql, "MYSQL or TDSQL_C_MYSQL", "Also ClusterId.")
        .superRefine(models.reachable)
        .optional(),
      PostgreSQLConnectParam: listed(models.postgreSql, "POSTGRESQL or TDSQL_C_POSTGRESQL", "Also ClusterId.")
        .superRefine(models.reachable)
        .optional(),
      MariaDBConnectParam: listed(models.mariaDb, "MARIADB", "Usual.").superRefine(models.reachable).optional(),
      SQLServerConnectParam: listed(models.sqlServer, "SQLSERVER", "Usual.").superRefine(models.reachable).optional(),
      DorisConnectParam: listed(models.doris, "DORIS", "Also BePort.").superRefine(models.reachable).optional(),
      KafkaConnectParam: kafka.optional(),
      MqttConnectParam: mqtt,
      IcebergConnectParam: iceberg.optional(),
      Tags: Tags.optional(),
    }),
    rule: (input) => {
      const parameter = parameters[input.Type];
      const given = input[parameter];
      if (given === undefined) return `Type ${input.Type} needs ${parameter}`;
      const other = stray(input, input.Type, parameter);
      if (other) return other;
      if (input.Type.startsWith("TDSQL_C_")) return missing(parameter, given, `Type ${input.Type}`, "ClusterId");
      if (input.Type !== "ICEBERG") return undefined;
      return missing(parameter, given, "A new one", "ServiceVip", "Resource", "UniqVpcId", "AuthType", "EniIdList");
    },
    output: answer,
  },
  ModifyConnectResource: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Change a connection's name or account. Give Resource as it is.",
    subject: "ResourceId",
    loses: (input) => {
      const given = settingsIn(input);
      return given && together([REPLACED, ...(given.IsUpdate === false ? [] : [RESTARTED])]);
    },
    input: shape({
      ResourceId,
      ResourceName: text("New name of the connection, for people who choose one.").optional(),
      Description: Description("New remark on the connection, for people; empty, it stays."),
      Type: ChangeableType.field("Kind of system that it connects to, which cannot change.", {
        brief: "As it is. Its parameter: Resource, UserName, Password, IsUpdate (default true: tasks change too)",
      }).optional(),
      DtsConnectParam: account(models.dts.partial().required({ Resource: true }), "DTS").optional(),
      MongoDBConnectParam: account(models.mongoDb.partial().required({ Resource: true }), "MONGODB").optional(),
      EsConnectParam: account(models.elasticsearch.partial().required({ Resource: true }), "ES").optional(),
      ClickHouseConnectParam: account(
        models.clickHouse.partial().required({ Resource: true }),
        "CLICKHOUSE",
      ).optional(),
      MySQLConnectParam: account(
        models.mySql.partial().required({ Resource: true }),
        "MYSQL or TDSQL_C_MYSQL",
      ).optional(),
      PostgreSQLConnectParam: account(
        models.postgreSql.partial().required({ Resource: true }),
        "POSTGRESQL or TDSQL_C_POSTGRESQL",
      ).optional(),
      MariaDBConnectParam: account(models.mariaDb.partial().required({ Resource: true }), "MARIADB").optional(),
      SQLServerConnectParam: account(models.sqlServer.partial().required({ Resource: true }), "SQLSERVER").optional(),
      CtsdbConnectParam: listed(models.ctsdb, "CTSDB").optional(),
      // Of the types that can be moved only this one still asks for the address of a cloud instance.
      DorisConnectParam: listed(models.doris.partial().required({ Resource: true }), "DORIS")
        .superRefine(models.reachable)
        .optional(),
      KafkaConnectParam: kafka.optional(),
      MqttConnectParam: mqtt,
      IcebergConnectParam: listed(models.iceberg, "ICEBERG", "Kerberos.").superRefine(models.metastore).optional(),
    }),
    rule: (input) => {
      // The API takes an empty one for none: a person would be shown a change that does not come.
      if (input.Description === "") return "an empty Description changes nothing: leave it out";
      const fixed = ["ServiceVip", "Resource", "UniqVpcId", "EniIdList"] as const;
      const refused = fixed.filter((field) => input.IcebergConnectParam?.[field] !== undefined);
      if (refused.length > 0) return `IcebergConnectParam takes ${refused.join(", ")} only when creating`;
      const given = Object.values(changeable).find((name) => input[name] !== undefined);
      if (input.Type === undefined)
        return given && `${given} needs Type, the connection's own; DescribeConnectResource shows it`;
      // The reference demands the settings beside a type for all but these two.
      const parameter = changeable[input.Type];
      if (/^(MYSQL|POSTGRESQL)$/.test(input.Type) && (input[parameter] as Given | undefined)?.ClusterId !== undefined)
        return `Type ${input.Type} has no ClusterId, only TDSQL_C_${input.Type} has`;
      const free = input.Type === "CTSDB" || input.Type === "DORIS";
      return input[parameter] === undefined && (given !== undefined || !free)
        ? `Type ${input.Type} needs ${parameter}; to change only name or remark, leave Type out`
        : stray(input, input.Type, parameter);
    },
    output: answer,
  },
  DeleteConnectResource: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Delete a connection.",
    loses: say`the connection with the account that is stored in it`,
    subject: "ResourceId",
    input: shape({ ResourceId }),
    output: answer,
  },
});
