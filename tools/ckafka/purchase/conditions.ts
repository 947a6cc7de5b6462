// What stands in the way of buying, resizing, renewing and ending instances: nobody is asked about what cannot come to anything.
import type { InputOf, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import { numberOf, type Quantity } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { Charge, InstanceStatus, OnOff } from "../instance/codes.ts";
import { type Attributes, stateOf } from "../previews/running.ts";
import type { purchase } from "./actions.ts";

type Read = Reader<Actions>;
type Prepaid = InputOf<(typeof purchase)["CreateInstancePre"]>;
/** What the three purchases have in common. */
export type Order = Pick<Prepaid, "VpcId" | "SubnetId"> & { [K in keyof Prepaid]?: Prepaid[K] | undefined } & {
  TopicNum?: Quantity<"topics"> | undefined;
};

/** The zones of a purchase. */
export const zonesOf = ({ MultiZoneFlag, ZoneId, ZoneIds }: Order): number[] =>
  (MultiZoneFlag || ZoneId === undefined ? ZoneIds : [ZoneId]) ?? [];

/** @throws Refusal where a zone is none of the region's or sold out, or more are bought than can be at once */
export async function onSale(order: Order, read: Read): Promise<void> {
  const { Result } = await read("DescribeCkafkaZone", {});
  const zones = Result.ZoneList ?? [];
  for (const zone of zonesOf(order)) {
    const found = zones.find(({ ZoneId }) => ZoneId === String(zone));
    if (!found)
      throw new Refusal(`zone ${zone} is not in this region; there are ${zones.map((z) => z.ZoneId).join(", ")}`);
    if (found.SoldOut === "true") throw new Refusal(`zone ${zone} is sold out; DescribeCkafkaZone tells which are not`);
  }
  const most = Result.MaxBuyInstanceNum;
  if (typeof most === "number" && most > 0 && (order.InstanceNum ?? 1) > most)
    throw new Refusal(`InstanceNum ${order.InstanceNum} is more than can be bought at once (${most})`);
}

/** @throws Refusal where an instance is paid for in the other way */
export function charged({ InstanceChargeType, InstanceId }: Attributes, prepaid: boolean, instead: string) {
  if (InstanceChargeType === (prepaid ? Charge.code["by the hour"] : Charge.code.prepaid))
    throw new Refusal(`instance ${InstanceId} is ${prepaid ? "billed by the hour" : "prepaid"}: ${instead}`);
}
/** @throws Refusal */
export function roomFor(Partition: Quantity<"partitions">, { CreatedPartitions, InstanceId }: Attributes) {
  if (Partition < CreatedPartitions)
    throw new Refusal(
      `${numberOf(CreatedPartitions)} partitions exist on ${InstanceId}, and it cannot have room for fewer`,
    );
}
/** @throws Refusal for what is being deleted or is gone */
export function renewable(now: Attributes) {
  const { code } = InstanceStatus;
  if (now.Status === code["being deleted"] || now.Status === code.deleted)
    throw new Refusal(`instance ${now.InstanceId} is ${stateOf(now)}: it cannot be renewed`);
}
/** @throws Refusal for what is protected, or cannot be ended in the state that it is in */
export function endable(now: Attributes) {
  const { InstanceId, DeleteProtectionEnable, Status } = now;
  if (DeleteProtectionEnable === OnOff.code.on)
    throw new Refusal(`${InstanceId} has delete protection, which a person put on for a reason`);
  const { code } = InstanceStatus;
  const moving: number[] = [code.creating, code["being deleted"], code.deleted, code.upgrading];
  if (moving.includes(Status)) throw new Refusal(`instance ${InstanceId} is ${stateOf(now)}: it cannot be ended now`);
}
