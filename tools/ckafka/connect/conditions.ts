// What can come to nothing with connections: argument × state → refusal. Nobody is asked about that.
import { Refusal } from "../../../src/model/errors.ts";
import { every } from "../previews/pages.ts";
import { settingsIn } from "./actions.ts";
import { ConnectionStatus, ConnectionType } from "./codes.ts";
import { type Connection, type Read, spelt, type Users, usableInstance } from "./reading.ts";

/** Where a system is cannot change, in the settings of these types. */
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

/** @throws Refusal where another connection has the name */
export async function freeName(read: Read, name: string, own?: string) {
  const { items } = await every(async (Offset) => {
    const { Result } = await read("DescribeConnectResources", { SearchWord: name, Limit: 100, Offset });
    return { items: Result.ConnectResourceList ?? [], total: Number(Result.TotalCount) };
  });
  const other = items.find(({ ResourceName, ResourceId }) => ResourceName === name && ResourceId !== own);
  if (other) throw new Refusal(`a connection named ${JSON.stringify(name)} exists already: ${other.ResourceId}`);
}

/** @throws Refusal where settings lead to an instance of this region that is not there */
export async function leadsSomewhere(read: Read, input: object): Promise<void> {
  const { KafkaConnectParam: kafka } = input as { KafkaConnectParam?: Record<string, unknown> };
  if (kafka?.Resource && !kafka.SelfBuilt && kafka.Region === undefined && kafka.NetworkType === undefined)
    await usableInstance(read, String(kafka.Resource));
}

/** @throws Refusal where a connection cannot become what is given */
export function changeable(input: { Type?: string | undefined }, current: Connection) {
  const { ResourceId, Type, Status } = current;
  if (Status === ConnectionStatus.code["being deleted"]) throw new Refusal(`connection ${ResourceId} is being deleted`);
  if (input.Type !== undefined && input.Type !== Type)
    throw new Refusal(`Type must be ${Type}, which connection ${ResourceId} is; it cannot change`);
  const [parameter] = Object.keys(input).filter((name) => name.endsWith("ConnectParam"));
  const given = settingsIn(input) ?? {};
  const before = (current as unknown as Record<string, Record<string, unknown> | null>)[parameter ?? ""] ?? {};
  const moved = FIXED[parameter ?? ""]?.find(
    (name) => given[name] !== undefined && (before[name] ?? "") !== given[name],
  );
  if (moved)
    throw new Refusal(
      `${parameter}.${moved} cannot be changed: connection ${ResourceId} has ${JSON.stringify(before[moved] ?? null)}; make another connection`,
    );
}

/** @throws Refusal where tasks use it */
export function unused(ResourceId: string, users: Users) {
  if (users.all > 0)
    throw new Refusal(`connection ${ResourceId} is used by ${spelt(users)}, which has to be deleted first`);
}

/** @throws Refusal where a task could not use it now */
export function running({ ResourceId, Status }: Connection) {
  if (Status !== ConnectionStatus.code.running)
    throw new Refusal(
      `connection ${ResourceId} is not running: ${ConnectionStatus.words[Status as 0] ?? "in an unknown state"} (${Status})`,
    );
}
/** @throws Refusal where it leads to no Kafka */
export function ofKafka({ ResourceId, Type }: Connection) {
  if (Type !== ConnectionType.code.KAFKA) throw new Refusal(`connection ${ResourceId} is of type ${Type}, not KAFKA`);
}
