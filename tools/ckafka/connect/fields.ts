// Where a system outside CKafka is and how to sign in to it, for connections and data tasks.
import { z } from "zod/v3";
import { type Field, flag, integer, type Meaning, meant, name, secret, text } from "../../../src/model/field.ts";

/** A text that may be left out, and empty: the API takes both for the same. */
export const word = (about: string, meaning: Meaning = { is: "plain" }) =>
  (meant(z.string(), meaning, about) as Field<string>).optional();
export const maybe = (about: string) => flag(about).optional();
/** A switch of which each side has words of its own. */
export const choice = (words: { true: string; false: string }, about: string): Field<boolean> =>
  meant(z.boolean(), { is: "code", words }, about);
/** Somebody's remark in a result: their words, and nothing where there are none. */
export const remark = (about: string): Field<string> =>
  meant(z.string(), { is: "foreign", special: { "": "none", null: "none" } }, about);
/** What the cloud says is wrong. Where nothing is, it says that all is running. */
export const ErrorMessage: Field<string> = meant(
  z.string(),
  { is: "foreign", special: { RUNNING: "no error", 运行中: "no error", "": "none", null: "none" } },
  "What is wrong, in the cloud's words.",
);
/** What is wrong, if anything is. */
export const wrongWith = (message: string | null | undefined): string =>
  ["", "RUNNING", "运行中"].includes(message ?? "") ? "" : (message as string);

/** Ids of instances and of connections stand in the same parameters; they begin differently. */
const prefixes = { "ckafka-": "instance", "resource-": "connection" };
export const ByPrefix = { byPrefix: prefixes };
export const Connection = name(
  ByPrefix,
  "Id of the connection to the system, like resource-1a2b3c4d; DescribeConnectResources lists them.",
);

export const Port = integer("Network port on which the system listens.");
export const Ip = text("IP address at which the system is reached.");
export const ServiceVip = text("Virtual IP address (VIP) of the instance.");
export const UniqVpcId = text("Id of the VPC (private network) that the instance is in.");
export const UserName = text("Name of the account to sign in with.");
export const Password = secret("Password of the account to sign in with.");
export const SelfBuilt = flag("Whether you run the system yourself (true) or it is an instance of the cloud (false).");
