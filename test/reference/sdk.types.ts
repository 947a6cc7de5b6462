// The official SDK as a referee of the models, by its type declarations: the compiler compares every action's input and
// output with them. Each difference is either mended in the model or stands below with its reason.
import type { ckafka } from "tencentcloud-sdk-nodejs-ckafka";
import type { z } from "zod/v3";
import type { ActionName, Actions } from "../../tools/ckafka/actions.ts";

/** Inputs that differ, and why. */
interface KnownInputs {
  /** Documented in 2025, superseded by CreatePostPaidInstance and gone from the SDK; kept while the cloud answers it. */
  CreateInstancePost: "not in the SDK";
  /** Documented in 2025 and gone from the SDK; kept while the cloud answers it. */
  DeleteTopicIpWhiteList: "not in the SDK";
  /** Marked as retired. */
  CreateDatahubTask: ".PrivateLinkParam";
  /** Marked as retired; DescribeInstancesDetail has the TagKey that works. */
  DescribeInstances: ".TagKey";
  /** Marked as retired in favour of InstanceIdList. */
  DescribeInstancesDetail: ".InstanceIds";
  /** Marked as retired. */
  CreateRoute: ".AuthFlag";
  /** Documented in 2025 and gone from the SDK; kept while the cloud answers it. */
  DescribeAppInfo: "not in the SDK";
}
/** Outputs that differ, and why. */
// biome-ignore lint/complexity/noBannedTypes: none differs
type KnownOutputs = {};

type Sdk = InstanceType<typeof ckafka.v20190819.Client>;
type RequestOf<A extends keyof Sdk> = Sdk[A] extends (request: infer R, ...rest: never[]) => unknown ? R : never;
type ResponseOf<A extends keyof Sdk> = Sdk[A] extends (...args: never[]) => Promise<infer R>
  ? Omit<R, "RequestId">
  : never;

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Literals widened. The SDK types the items of integer lists as number | bigint. */
type Plain<T> = T extends string ? string : T extends number | bigint ? number : T extends boolean ? boolean : T;
type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T] & string;
type OneSided<A extends string, B extends string> = Exclude<A, B> | Exclude<B, A>;

/**
 * Paths of what only one side has and of what has another type; with obligation, marked with "!", also of what only one
 * side requires. The SDK marks everything in a response as optional, so there obligation is not compared.
 */
type Differences<Ours, Theirs, Obligation extends boolean, Path extends string = ""> = Ours extends readonly (infer O)[]
  ? Theirs extends readonly (infer T)[]
    ? Differences<Plain<O>, Plain<T>, Obligation, `${Path}[]`>
    : Path
  : Ours extends object
    ? Theirs extends object
      ?
          | `${Path}.${OneSided<keyof Ours & string, keyof Theirs & string>}`
          | (Obligation extends true ? `${Path}.${OneSided<RequiredKeys<Ours>, RequiredKeys<Theirs>>}!` : never)
          | {
              [K in keyof Ours & keyof Theirs & string]: Differences<
                NonNullable<Ours[K]>,
                NonNullable<Theirs[K]>,
                Obligation,
                `${Path}.${K}`
              >;
            }[keyof Ours & keyof Theirs & string]
      : Path
    : Equal<Plain<Ours>, Plain<Theirs>> extends true
      ? never
      : Path;

type InputDifferences = {
  [A in ActionName]: A extends keyof Sdk
    ? Differences<z.input<Actions[A]["input"]>, RequestOf<A>, true>
    : "not in the SDK";
};
type OutputDifferences = {
  [A in ActionName]: A extends keyof Sdk ? Differences<z.input<Actions[A]["output"]>, ResponseOf<A>, false> : never;
};
type Found<D> = { [A in keyof D as [D[A]] extends [never] ? never : A]: D[A] };
type Same<A, B> =
  Equal<{ [K in keyof A]: A[K] }, { [K in keyof B]: B[K] }> extends true ? true : { [K in keyof A]: A[K] };

// When one of these does not compile, the error names the actions and paths that were found to differ.
export const inputs: Same<Found<InputDifferences>, KnownInputs> = true;
export const outputs: Same<Found<OutputDifferences>, KnownOutputs> = true;
