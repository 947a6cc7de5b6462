// Where a system outside CKafka is and how to sign in to it, for connections and data tasks.
import { z } from "zod/v3";
import { secret } from "../../../src/model/field.ts";
import { integer, text } from "../fields.ts";

export const Port = integer("Network port on which the system listens.");
export const Ip = text("IP address of the system.");
export const ServiceVip = text("Virtual IP address (VIP) of the instance.");
export const UniqVpcId = text("Id of the VPC (private network) that the instance is in.");
export const UserName = text("Name of the account to sign in with.");
export const Password = secret("Password of the account to sign in with.");
export const SelfBuilt = z
  .boolean()
  .describe("Whether you run the system yourself (true) or it is an instance of the cloud (false).");
