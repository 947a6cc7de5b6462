// Networks belong to another product. Those that instances use are known; others only have to look right.
import { Fault } from "../state/fault.ts";
import { instancesOf, type Scope } from "../state/store.ts";

interface Network {
  VpcId?: string | undefined;
  SubnetId?: string | undefined;
}

/** @param zones in which the subnet may be @throws Fault */
export function checkNetwork(scope: Scope, { VpcId = "", SubnetId = "" }: Network, zones: number[]) {
  if (!/^vpc-\w+$/.test(VpcId)) throw new Fault("InvalidParameterValue.VpcIdInvalid", `"${VpcId}" is no VPC id`);
  if (!/^subnet-\w+$/.test(SubnetId))
    throw new Fault("InvalidParameterValue.SubnetIdInvalid", `"${SubnetId}" is no subnet id`);
  const known = instancesOf(scope).find((i) => i.subnet === SubnetId);
  if (known && known.vpc !== VpcId)
    throw new Fault("InvalidParameterValue.SubnetIdInvalid", `${SubnetId} is in ${known.vpc}`);
  if (known && !zones.includes(known.zones[0] as number))
    throw new Fault("InvalidParameterValue.SubnetNotBelongToZone", `${SubnetId} is in zone ${known.zones[0]}`);
}
