// What a connection holds, by type: where the system is and how to sign in.
import { isIP } from "node:net";
import { z } from "zod/v3";
import { need, shape, str, text, words } from "./fields.ts";

const base64 = (about: string) =>
  z
    .string()
    .min(1)
    .regex(
      /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
      "must be the file's content in Base64, without line breaks",
    )
    .describe(about)
    .optional();
const Port = z.number().int().describe("Port.");
const Resource = text("Instance id.");
const SelfBuilt = z.boolean().describe("Self-built, not a cloud instance.");
const IsUpdate = z.boolean().describe("Also update the tasks that use the connection.").optional();
const account = { UserName: text("Account."), Password: z.string().describe("Its password.") };
const database = {
  Port,
  ...account,
  Resource,
  ServiceVip: words("Instance VIP; a cloud instance needs it."),
  UniqVpcId: words("Instance VPC; a cloud instance needs it."),
  IsUpdate,
};
const ClusterId = words("Cluster; TDSQL_C types need it.");
const es = {
  EsType: z.enum(["CLUSTER", "SERVERLESS"]).describe("CLUSTER ordinary, SERVERLESS serverless.").optional(),
  EsVersion: words("Version; default 7.14.2."),
  EndpointUrl: words("Entry address, serverless only."),
  Protocol: z.enum(["http", "https"]).describe("Of a CLUSTER; default http.").optional(),
};

export const dts = shape({
  Port,
  GroupId: text("DTS consumer group."),
  ...account,
  Resource: text("DTS instance."),
  Topic: text("Topic that DTS writes."),
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
  ServiceVip: words("VIP."),
  UniqVpcId: words("VPC."),
  UserName: words("Account."),
  Password: words("Its password."),
  Resource: words("Instance id."),
});
export const doris = shape({
  ...database,
  Port: Port.describe("JDBC port, usually to 9030 of the front end."),
  SelfBuilt: SelfBuilt.optional(),
  BePort: z.number().int().describe("HTTP port, usually to 8040 of the back end.").optional(),
});
export const kafka = shape({
  Resource: words("Instance id, unless self-built; with NetworkType VPC the load balancer's id."),
  SelfBuilt: SelfBuilt.optional(),
  IsUpdate,
  BrokerAddress: words("host:port,host:port; NetworkType PUBLIC needs it."),
  Region: words("Region of the instance, where it is another one."),
  NetworkType: z.enum(["PUBLIC", "VPC"]).describe("PUBLIC internet, VPC private network.").optional(),
  UniqVpcId: words("VPC; NetworkType VPC needs it."),
  ServiceVip: words("VIP; NetworkType VPC needs it."),
  Port: Port.describe("NetworkType VPC needs it.").optional(),
  CrossNetResourceUniqueId: words("Own id for a set of resources in another cloud."),
  CrossNetVpcSubNetId: words("Subnet that leads to the other cloud."),
});
export const mqtt = shape({
  Port,
  ...account,
  Resource,
  ServiceVip: text("Connection IP."),
  UniqVpcId: text("VPC of the instance."),
  SelfBuilt: SelfBuilt.optional(),
  IsUpdate,
  Region: words("Region of the instance, where it is another one."),
  Ip: words("IP."),
});
export const iceberg = shape({
  ServiceVip: z
    .string()
    .refine((given) => given.split(";").every((part) => isIP(part) !== 0), "must be IPs, joined by ;")
    .describe("IPs of the Hive metastore nodes, joined by ;. Only when creating.")
    .optional(),
  Resource: words("EMR instance. Only when creating."),
  UniqVpcId: words("VPC of the EMR cluster. Only when creating."),
  AuthType: z.enum(["NONE", "KERBEROS"]).describe("NONE, or KERBEROS where the EMR instance has it.").optional(),
  EniIdList: z
    .array(z.string())
    .describe("Network interface of each IP in ServiceVip, in its order. Only when creating.")
    .optional(),
  CatalogType: z.literal("HIVE").describe("Catalog; only HIVE.").optional(),
  KeyTabContent: base64("user.keytab, Base64; KERBEROS needs it."),
  KRB5ConfContent: base64("krb5.conf, Base64; KERBEROS needs it."),
  KerberosUserPrincipal: words("Principal of the user."),
  KerberosPrincipal: words("hive.metastore.kerberos.principal in hive-site.xml."),
  IsUpdate: z
    .boolean()
    .describe("Restart the tasks that use the connection; default: when the sign-in changes.")
    .optional(),
});

/** Fields that the secrets of all connections are in. */
export const secret = ["Password", "KeyTabContent"];
export const icebergDatabase = z.object({ Name: str.nullable(), Tables: z.array(str).nullable() });

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
