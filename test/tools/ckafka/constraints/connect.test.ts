// What the reference states about connections.
import { constraints, type Row } from "../../../support/constraints.ts";

const account = { Port: 3306, UserName: "app", Password: "secret", Resource: "cdb-1" };
const reached = { ServiceVip: "10.0.0.1", UniqVpcId: "vpc-1" };
const dts = { Port: 7507, GroupId: "g", UserName: "app", Password: "secret", Resource: "dts-1", Topic: "t" };
const mqtt = { ...account, ...reached };
const iceberg = { ...reached, Resource: "emr-1", AuthType: "NONE", EniIdList: ["eni-1"] };
const settings = {
  DTS: ["DtsConnectParam", dts],
  MONGODB: ["MongoDBConnectParam", { ...account, SelfBuilt: true }],
  ES: ["EsConnectParam", { ...account, SelfBuilt: true }],
  CLICKHOUSE: ["ClickHouseConnectParam", { ...account, SelfBuilt: true }],
  MYSQL: ["MySQLConnectParam", account],
  POSTGRESQL: ["PostgreSQLConnectParam", account],
  MARIADB: ["MariaDBConnectParam", account],
  SQLSERVER: ["SQLServerConnectParam", account],
  DORIS: ["DorisConnectParam", account],
  KAFKA: ["KafkaConnectParam", { BrokerAddress: "a:9092" }],
  MQTT: ["MqttConnectParam", mqtt],
  ICEBERG: ["IcebergConnectParam", iceberg],
} as const;
const required = Object.entries(settings).map(
  ([Type, [parameter, given]]): Row => [
    `${parameter}: required with Type ${Type}`,
    { Type, KafkaConnectParam: undefined, [parameter]: given },
    { Type, KafkaConnectParam: undefined },
    new RegExp(`Type ${Type} needs ${parameter}`),
  ],
);
/** Rows on the settings of one type: what they say, and what to add to the settings of `settings`. */
const within = (Type: keyof typeof settings, rows: Row[]): Row[] => {
  const [parameter, own] = settings[Type];
  return rows.map(([says, valid, invalid, refusal]) => [
    `${parameter}: ${says}`,
    { Type, KafkaConnectParam: undefined, [parameter]: { ...own, ...valid } },
    { Type, KafkaConnectParam: undefined, [parameter]: { ...own, ...invalid } },
    refusal,
  ]);
};
const cloud = (["MONGODB", "ES", "CLICKHOUSE", "MYSQL", "POSTGRESQL", "DORIS"] as const).flatMap((type) =>
  within(type, [
    [
      "ServiceVip required of a cloud instance",
      { SelfBuilt: false, ...reached },
      { SelfBuilt: false, UniqVpcId: "vpc-1" },
      /Param\.ServiceVip is needed for a cloud instance/,
    ],
    [
      "ServiceVip of a cloud instance not empty",
      { SelfBuilt: false, ...reached },
      { SelfBuilt: false, ...reached, ServiceVip: "" },
      /Param\.ServiceVip is needed for a cloud instance/,
    ],
    [
      "UniqVpcId required of a cloud instance",
      { SelfBuilt: false, ...reached },
      { SelfBuilt: false, ServiceVip: "10.0.0.1" },
      /Param\.UniqVpcId is needed for a cloud instance/,
    ],
  ]),
);
// These say nothing of SelfBuilt; half of a cloud instance's place needs the other half.
const placed = (["MYSQL", "POSTGRESQL", "DORIS", "MARIADB", "SQLSERVER"] as const).flatMap((type) =>
  within(type, [
    [
      "ServiceVip beside UniqVpcId",
      reached,
      { UniqVpcId: "vpc-1" },
      /Param\.ServiceVip is needed for a cloud instance/,
    ],
    ["UniqVpcId beside ServiceVip", reached, { ServiceVip: "10.0.0.1" }, /Param\.UniqVpcId is needed for a cloud/],
  ]),
);
const vpc = { NetworkType: "VPC", Resource: "lb-1", ...reached, Port: 9092 };
const kafka = within("KAFKA", [
  [
    "BrokerAddress required with PUBLIC",
    { NetworkType: "PUBLIC" },
    { NetworkType: "PUBLIC", BrokerAddress: undefined },
    /KafkaConnectParam\.BrokerAddress is needed/,
  ],
  [
    "Resource required unless self-built",
    { SelfBuilt: false, Resource: "ckafka-1" },
    { SelfBuilt: false },
    /KafkaConnectParam\.Resource is needed/,
  ],
  ["Resource required with VPC", vpc, { ...vpc, Resource: undefined }, /KafkaConnectParam\.Resource is needed/],
  ["UniqVpcId required with VPC", vpc, { ...vpc, UniqVpcId: undefined }, /KafkaConnectParam\.UniqVpcId is needed/],
  ["ServiceVip required with VPC", vpc, { ...vpc, ServiceVip: undefined }, /KafkaConnectParam\.ServiceVip is needed/],
  ["Port required with VPC", vpc, { ...vpc, Port: undefined }, /KafkaConnectParam\.Port is needed/],
]);
const kerberos = { AuthType: "KERBEROS", KeyTabContent: "QQ==", KRB5ConfContent: "QQ==" };

constraints({
  CreateConnectResource: {
    base: { ResourceName: "source", Type: "KAFKA", KafkaConnectParam: settings.KAFKA[1] },
    rows: [
      ...required,
      ...cloud,
      ...placed,
      ...kafka,
      ...within("ICEBERG", [
        [
          "KeyTabContent required with KERBEROS",
          kerberos,
          { ...kerberos, KeyTabContent: undefined },
          /IcebergConnectParam\.KeyTabContent is needed/,
        ],
        [
          "KRB5ConfContent required with KERBEROS",
          kerberos,
          { ...kerberos, KRB5ConfContent: undefined },
          /IcebergConnectParam\.KRB5ConfContent is needed/,
        ],
        ...["KeyTabContent", "KRB5ConfContent"].map(
          (name): Row => [
            `${name} in Base64`,
            kerberos,
            { ...kerberos, [name]: "[libdefaults]" },
            new RegExp(`IcebergConnectParam\\.${name} must be the file's content in Base64`),
          ],
        ),
        [
          "ServiceVip IPs joined by ;",
          { ServiceVip: "1.1.1.1;1.1.1.2", EniIdList: ["a", "b"] },
          { ServiceVip: "1.1.1.1,1.1.1.2" },
          /IcebergConnectParam\.ServiceVip must be IPs, joined by ;/,
        ],
        [
          "EniIdList one for each IP",
          { ServiceVip: "1.1.1.1;1.1.1.2", EniIdList: ["a", "b"] },
          { ServiceVip: "1.1.1.1;1.1.1.2" },
          /IcebergConnectParam\.EniIdList must have one entry per IP/,
        ],
        ...["ServiceVip", "Resource", "UniqVpcId", "AuthType", "EniIdList"].map(
          (name): Row => [
            `${name} required to create`,
            {},
            { [name]: undefined },
            new RegExp(`needs IcebergConnectParam\\.${name}`),
          ],
        ),
      ]),
      [
        "ClusterId: required with TDSQL_C_MYSQL",
        { Type: "TDSQL_C_MYSQL", KafkaConnectParam: undefined, MySQLConnectParam: { ...account, ClusterId: "c" } },
        { Type: "TDSQL_C_MYSQL", KafkaConnectParam: undefined, MySQLConnectParam: account },
        /needs MySQLConnectParam\.ClusterId/,
      ],
      [
        "ClusterId: required with TDSQL_C_POSTGRESQL",
        {
          Type: "TDSQL_C_POSTGRESQL",
          KafkaConnectParam: undefined,
          PostgreSQLConnectParam: { ...account, ClusterId: "c" },
        },
        { Type: "TDSQL_C_POSTGRESQL", KafkaConnectParam: undefined, PostgreSQLConnectParam: account },
        /needs PostgreSQLConnectParam\.ClusterId/,
      ],
    ],
  },
  ModifyConnectResource: {
    base: { ResourceId: "resource-a" },
    rows: [
      ...required.filter(([says]) => !/DORIS|ICEBERG/.test(says)),
      ...Object.entries({ Resource: "emr-1", ServiceVip: "1.1.1.1", UniqVpcId: "vpc-1", EniIdList: ["eni-1"] }).map(
        ([name, value]): Row => [
          `IcebergConnectParam: ${name} only to create`,
          { Type: "ICEBERG", IcebergConnectParam: { AuthType: "NONE" } },
          { Type: "ICEBERG", IcebergConnectParam: { [name]: value } },
          new RegExp(`IcebergConnectParam takes ${name} only when creating`),
        ],
      ),
      ...["KeyTabContent", "KRB5ConfContent"].map(
        (name): Row => [
          `IcebergConnectParam: ${name} required with KERBEROS`,
          { Type: "ICEBERG", IcebergConnectParam: kerberos },
          { Type: "ICEBERG", IcebergConnectParam: { ...kerberos, [name]: undefined } },
          new RegExp(`IcebergConnectParam\\.${name} is needed`),
        ],
      ),
      ...[...cloud, ...placed].filter(([says]) => says.startsWith("DorisConnectParam")),
      ...kafka,
      ...(["MYSQL", "POSTGRESQL"] as const).map((Type): Row => {
        const [parameter] = settings[Type];
        const given = { [parameter]: { Resource: "cdb-1", ClusterId: "cluster-1" } };
        return [
          `${parameter}: ClusterId only with Type TDSQL_C_${Type}`,
          { Type: `TDSQL_C_${Type}`, ...given },
          { Type, ...given },
          new RegExp(`Type ${Type} has no ClusterId`),
        ];
      }),
      ...Object.entries({ KeyTabContent: "user.keytab", KRB5ConfContent: "krb5.conf" }).map(
        ([name, file]): Row => [
          `IcebergConnectParam: ${name} in Base64`,
          { Type: "ICEBERG", IcebergConnectParam: { [name]: "QQ==" } },
          { Type: "ICEBERG", IcebergConnectParam: { [name]: file } },
          new RegExp(`IcebergConnectParam\\.${name} must be`),
        ],
      ),
      [
        "Type: required with settings",
        { Type: "MYSQL", MySQLConnectParam: { Resource: "cdb-1" } },
        { MySQLConnectParam: { Resource: "cdb-1" } },
        /MySQLConnectParam needs Type/,
      ],
    ],
  },
});
