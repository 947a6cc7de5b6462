// What the codes of instances stand for: in inputs, in results, in previews, in what is watched.
import { z } from "zod/v3";
import { codes, meant } from "../../../src/model/field.ts";

export const InstanceStatus = codes({
  [-1]: "creation failed",
  0: "creating",
  1: "running",
  2: "being deleted",
  3: "deleted",
  4: "deletion failed",
  5: "isolated",
  7: "upgrading",
});
export const Health = codes({ 1: "healthy", 2: "warning", 3: "abnormal" });
export const OnOff = codes({ 0: "off", 1: "on" });
export const Supported = codes({ 0: "not supported", 1: "supported" });
export const Renewal = codes({ 0: "not set", 1: "renewed automatically", 2: "never renewed automatically" });
export const Charge = codes({ PREPAID: "prepaid", POSTPAID_BY_HOUR: "by the hour" });
export const PublicCharge = codes({ BANDWIDTH_PREPAID: "prepaid", BANDWIDTH_POSTPAID_BY_HOUR: "by the hour" });
export const Edition = codes({
  profession: "professional edition",
  premium: "premium edition",
  serverless: "serverless edition",
  standards2: "standard edition, mainland China",
  standard: "standard edition, international",
});
/** The same, in the words of older fields. */
export const Sale = codes({ 0: "standard edition", 1: "professional edition" });
export const Cluster = codes({
  CLOUD_IDC: "data centre",
  CLOUD_CVM_SHARE: "shared CVM",
  CLOUD_CVM_YUNTI: "Yunti CVM",
  CLOUD_CVM: "CVM",
  CLOUD_CDC: "CDC",
  CLOUD_EKS_TSE: "EKS",
});
export const ElasticBandwidth = codes({
  1: "off",
  16: "being switched on",
  32: "on",
  33: "being switched off",
  34: "switched off",
  64: "switching on failed",
  65: "switching off failed",
});
export const Allowed = codes({ 0: "not on the allow list", 1: "on the allow list" });
const soldOut = { true: "sold out", false: "on sale" };
/** Whether it is sold out, as the two types that the API has for it. */
export const soldOutFlag = (about: string) =>
  meant<boolean, boolean>(z.boolean(), { is: "code", words: soldOut }, about);
export const SoldOut = codes(soldOut);
export const ZoneState = codes({ 3: "open", 4: "closed" });
/** Of disks. The two names of purchases are told as their pages do. */
export const DiskKind = codes({
  SSD: "SSD",
  CLOUD_SSD: "SSD cloud disk",
  CLOUD_PREMIUM: "high-performance cloud disk",
  CLOUD_BASIC: "basic cloud disk",
});
