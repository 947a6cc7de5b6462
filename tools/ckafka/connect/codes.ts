// What the numbers and short texts of connections stand for.
import { codes } from "../../../src/model/field.ts";

export const ConnectionStatus = codes({
  [-1]: "creation failed",
  0: "creating",
  1: "running",
  2: "being deleted",
  4: "deletion failed",
  5: "being reconfigured",
  6: "reconfiguration failed",
  7: "abnormal",
});

const kinds = {
  KAFKA: "KAFKA",
  MYSQL: "MYSQL",
  TDSQL_C_MYSQL: "TDSQL-C for MySQL",
  POSTGRESQL: "POSTGRESQL",
  TDSQL_C_POSTGRESQL: "TDSQL-C for PostgreSQL",
  MARIADB: "MARIADB",
  SQLSERVER: "SQLSERVER",
  MONGODB: "MONGODB",
  ES: "Elasticsearch",
  CLICKHOUSE: "CLICKHOUSE",
  DORIS: "DORIS",
  DTS: "data transmission service",
  MQTT: "MQTT",
  ICEBERG: "ICEBERG",
} as const;
export const ConnectionType = codes(kinds);
/** Connections to CTSDB can be changed, not made. */
export const ChangeableType = codes({ ...kinds, CTSDB: "time series database" });

export const EsType = codes({ CLUSTER: "ordinary Elasticsearch", SERVERLESS: "serverless Elasticsearch" });
export const EsProtocol = codes({ http: "http", https: "https" });
export const NetworkType = codes({ PUBLIC: "over the internet", VPC: "over a private network" });
export const AuthType = codes({ NONE: "no sign-in", KERBEROS: "KERBEROS" });
export const CatalogType = codes({ HIVE: "HIVE" });
