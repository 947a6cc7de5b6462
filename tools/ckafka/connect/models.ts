// What a connection holds, by type: where the system is and how to sign in.
import { isIP } from "node:net";
import { z } from "zod/v3";
import { integer, meant, secret, text } from "../../../src/model/field.ts";
import { need, shape } from "../fields.ts";
import { AuthType, CatalogType, EsProtocol, EsType, NetworkType } from "./codes.ts";
import { ByPrefix, maybe, Password, Port, SelfBuilt, ServiceVip, UniqVpcId, UserName, word } from "./fields.ts";

/** A file's content. What it is of opens doors. */
const base64 = (about: string) =>
  secret(about)
    .refine(
      (given) =>
        /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/.test(
          String(given),
        ),
      "must be the file's content in Base64, without line breaks",
    )
    .optional();
const Resource = text("Id of the instance that is connected to.");
const IsUpdate = maybe(
  "Whether the tasks that use the connection get the change as well and are restarted; default true.",
);
const account = { UserName, Password };
const database = {
  Port,
  ...account,
  Resource,
  ServiceVip: word("Virtual IP address (VIP) of a cloud instance, which needs it."),
  UniqVpcId: word("Id of the VPC (private network) of a cloud instance, which needs it."),
  IsUpdate,
};
const ClusterId = word(
  "Id of the database cluster, like cynosdbmysql-1a2b3c4d or tdcpg-1a2b3c4d; TDSQL_C types need it.",
);
const es = {
  EsType: EsType.field("Kind of Elasticsearch: CLUSTER or SERVERLESS.").optional(),
  EsVersion: word("Version of Elasticsearch; default 7.14.2."),
  EndpointUrl: word("URL at which serverless Elasticsearch is reached; only for that."),
  Protocol: EsProtocol.field("Protocol of a CLUSTER: http (default), or https, encrypted.").optional(),
};

export const dts = shape({
  Port,
  GroupId: text("Id of the DTS consumer group, whose account signs in."),
  ...account,
  Resource: text("Id of the DTS instance to connect to."),
  Topic: text("The topic that is subscribed to in DTS."),
  IsUpdate,
});
export const mongoDb = shape({ ...database, SelfBuilt });
export const elasticsearch = shape({ ...database, SelfBuilt, ...es });
export const clickHouse = shape({ ...database, SelfBuilt });
export const mySql = shape({ ...database, ClusterId, SelfBuilt: SelfBuilt.optional() });
export const postgreSql = shape({ ...database, ClusterId, SelfBuilt: SelfBuilt.optional() });
export const mariaDb = shape(database);
export const sqlServer = shape(database);
export const ctsdb = shape({
  Port: Port.optional(),
  ServiceVip: ServiceVip.optional(),
  UniqVpcId: UniqVpcId.optional(),
  UserName: UserName.optional(),
  Password: Password.optional(),
  Resource: Resource.optional(),
});
export const doris = shape({
  ...database,
  Port: integer("Port for JDBC, usually mapped to 9030 of the front end (FE)."),
  SelfBuilt: SelfBuilt.optional(),
  BePort: integer("Port for HTTP, usually mapped to 8040 of the back end (BE).").optional(),
});
export const kafka = shape({
  Resource: word("Id of the instance, unless self-built; with NetworkType VPC that of the load balancer (CLB).", {
    is: "name",
    of: ByPrefix,
    form: "one",
  }),
  SelfBuilt: SelfBuilt.optional(),
  IsUpdate,
  BrokerAddress: word("Addresses of the brokers, like 10.0.0.30:9092,10.0.0.31:9092; NetworkType PUBLIC needs it."),
  Region: word("Region of the instance, like ap-guangzhou; needed if it is another than the connection's."),
  NetworkType: NetworkType.field(
    "How the system is reached: PUBLIC over the internet, VPC over a private network.",
  ).optional(),
  UniqVpcId: word("Id of the VPC (private network); NetworkType VPC needs it."),
  ServiceVip: word("Virtual IP address (VIP); NetworkType VPC needs it."),
  Port: integer("Network port of the cluster; NetworkType VPC needs it.").optional(),
  CrossNetResourceUniqueId: word("Id of your own choice that marks a set of resources, for syncs between clouds."),
  CrossNetVpcSubNetId: word("Id of the subnet for syncs between clouds."),
});
export const mqtt = shape({
  Port,
  ...account,
  Resource,
  ServiceVip: text("IP address to connect to."),
  UniqVpcId,
  SelfBuilt: SelfBuilt.optional(),
  IsUpdate,
  Region: word("Region of the instance, like ap-guangzhou; needed if it is another than the connection's."),
  Ip: word("IP address of the instance."),
});
export const iceberg = shape({
  ServiceVip: meant<string, string>(
    z.string().refine((given) => given.split(";").every((part) => isIP(part) !== 0), "must be IPs, joined by ;"),
    { is: "plain" },
    "IP addresses of the Hive metastore nodes, joined by semicolons. Only when creating.",
  ).optional(),
  Resource: word("Id of the EMR instance, which runs Iceberg. Only when creating."),
  UniqVpcId: word("Id of the VPC (private network) of the EMR cluster. Only when creating."),
  AuthType: AuthType.field(
    "How to sign in: NONE not at all, KERBEROS where the EMR instance has Kerberos on.",
  ).optional(),
  EniIdList: meant<string[], string[]>(
    z.array(z.string()),
    { is: "plain" },
    "Id of the network interface of each IP in ServiceVip, in its order. Only when creating.",
  ).optional(),
  CatalogType: CatalogType.field(
    "Kind of catalog, where the tables are listed: HIVE, the default and only one.",
  ).optional(),
  KeyTabContent: base64("Content of the file user.keytab, in Base64; KERBEROS needs it."),
  KRB5ConfContent: base64("Content of the file krb5.conf, in Base64; KERBEROS needs it."),
  KerberosUserPrincipal: word("Kerberos principal of the user who signs in."),
  KerberosPrincipal: word("Kerberos principal of the metastore: hive.metastore.kerberos.principal in hive-site.xml."),
  IsUpdate: maybe(
    "Whether the tasks that use the connection are updated and restarted; default: when the sign-in changes.",
  ),
});

export const icebergDatabase = z.object({ Name: z.string().nullable(), Tables: z.array(z.string()).nullable() });

type Given = Record<string, unknown>;
/** A cloud instance is reached at its VIP in its VPC. Serverless ones have an address instead. */
export function reachable(given: Given, issues: z.RefinementCtx) {
  if (given.EsType === "SERVERLESS" || given.SelfBuilt === true) return;
  // Not every type says SelfBuilt. Whoever gives half of the place means a cloud instance.
  const half = Boolean(given.ServiceVip || given.UniqVpcId);
  if (given.SelfBuilt === undefined && !half) return;
  const why = half ? "ServiceVip and UniqVpcId together" : "SelfBuilt false";
  need(given, issues, `for a cloud instance (${why})`, "ServiceVip", "UniqVpcId");
}
export function kafkaReachable(given: Given, issues: z.RefinementCtx) {
  if (given.SelfBuilt === false) need(given, issues, "unless the cluster is self-built", "Resource");
  if (given.NetworkType === "PUBLIC") need(given, issues, "with NetworkType PUBLIC", "BrokerAddress");
  if (given.NetworkType === "VPC")
    need(given, issues, "with NetworkType VPC", "Resource", "UniqVpcId", "ServiceVip", "Port");
}
export function metastore(given: Given, issues: z.RefinementCtx) {
  if (given.AuthType === "KERBEROS") need(given, issues, "with AuthType KERBEROS", "KeyTabContent", "KRB5ConfContent");
  const { ServiceVip, EniIdList } = given as { ServiceVip?: string; EniIdList?: string[] };
  const ips = ServiceVip?.split(";").length;
  if (ips !== undefined && EniIdList !== undefined && EniIdList.length !== ips)
    issues.addIssue({
      code: "custom",
      path: ["EniIdList"],
      message: `must have one entry per IP in ServiceVip, ${ips}`,
    });
}
