// What the numbers of routes mean. Reads know more of them than a new route can have.
import { codes } from "../../../src/model/field.ts";

const networks = { 1: "public", 3: "VPC", 7: "support" } as const;
export const Networks = codes(networks);
export const AnyNetwork = codes({
  ...networks,
  2: "classic network",
  4: "support, data centre",
  5: "public over SSL",
  6: "bare metal VPC",
});

const accesses = {
  0: "plaintext",
  1: "SASL_PLAINTEXT",
  3: "SASL_SSL",
  4: "SCRAM-SHA-256",
  5: "SCRAM-SHA-512",
} as const;
export const Accesses = codes(accesses);
export const AnyAccess = codes({ ...accesses, 2: "SSL" });
/** Those at which nobody signs in. */
export const ANONYMOUS: readonly number[] = [AnyAccess.code.plaintext, AnyAccess.code.SSL];
/** Those of reads that the internet reaches. */
export const PUBLIC: readonly number[] = [AnyNetwork.code.public, AnyNetwork.code["public over SSL"]];

export const RouteStatus = codes({
  1: "being created",
  2: "ready",
  3: "failed in creation",
  4: "being deleted",
  6: "failed in deletion",
});
