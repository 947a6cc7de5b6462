// Connections: systems that data tasks read from and write to, with their addresses and credentials.
import { z } from "zod/v3";
import { abridge } from "../../../src/model/abridge.ts";
import { domain } from "../../../src/model/action.ts";
import { say } from "../../../src/model/line.ts";
import { lacking, limit, num, Offset, returned, SearchWord, shape, str, Tags, tags, text, words } from "../fields.ts";
import * as models from "./models.ts";

const ResourceId = text("\nId of the connection, like resource-1a2b3c4d; DescribeConnectResources lists them.");
const Description = words("\nRemark on the connection, for people.");
const systems =
  "ES is Elasticsearch, DTS the cloud's data transmission service, TDSQL_C_… its TDSQL-C databases; the others go by their own names.";

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
const changeable = { ...parameters, CTSDB: "CtsdbConnectParam" } as const;
const names = <T extends object>(of: T) => Object.keys(of) as [keyof T & string, ...(keyof T & string)[]];

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
  ResourceId: str,
  ResourceName: str,
  Description: str,
  Type: str,
  Status: num.describe(
    "-1 create failed, 0 creating, 1 running, 2 deleting, 4 delete failed, 5 changing, 6 change failed, 7 abnormal.",
  ),
  CreateTime: str,
  ErrorMessage: str,
  CurrentStep: str,
  StepList: z.array(str).nullable(),
  ...settings,
  Tags: tags.nullable(),
};
const answer = z.object({ Result: z.object({ ResourceId: str }) });

type Given = Record<string, unknown>;
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
      Type: text(
        "Like KAFKA.\nOnly connections to systems of this type; CreateConnectResource has the types.",
      ).optional(),
      SearchWord: SearchWord.optional(),
      Offset: Offset.optional(),
      // The cloud takes more than 1000 for 1000.
      Limit: limit(20).describe("\nHow many entries to return; default 20. More than 1000 counts as 1000.").optional(),
      ResourceRegion: text(
        "\nOnly connections to systems in this region, like ap-guangzhou, where they state one.",
      ).optional(),
    }),
    output: z.object({
      Result: z.object({
        TotalCount: num,
        ConnectResourceList: z.array(z.object({ ...described, DatahubTaskCount: num, TaskProgress: num })),
      }),
    }),
  },
  DescribeConnectResource: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show a connection. Status: 0 creating, 1 running; -1, 4, 6, 7 failed.",
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
      ResourceName: text("\nName of the new connection, for people."),
      Type: z
        .enum(names(parameters))
        .describe(
          `Usual fields: Resource, SelfBuilt, Port, UserName, Password, ServiceVip, UniqVpcId.\nKind of system to connect to: ${systems}`,
        ),
      Description,
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
      const parameter = Object.values(changeable).find((name) => input[name] !== undefined);
      return (
        parameter && say`the stored account or address is replaced; tasks that use it fail where the new one is wrong`
      );
    },
    input: shape({
      ResourceId,
      ResourceName: text("\nNew name of the connection, for people.").optional(),
      Description: Description.describe("\nNew remark on the connection, for people; empty, it stays."),
      Type: z
        .enum(names(changeable))
        .describe(
          `As it is; its parameter takes Resource, UserName, Password.\nKind of system, which cannot change: ${systems} CTSDB is a time series database.`,
        )
        .optional(),
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
    loses: say`the connection, for every task that uses it`,
    subject: "ResourceId",
    input: shape({ ResourceId }),
    output: answer,
  },
});
