// The official SDK as a referee of the models, by its type declarations. Its package is older than the definition on the China
// site, and what is left out here is left out on purpose: the compiler holds that there is nothing else.
import type { monitor } from "tencentcloud-sdk-nodejs-monitor";
import type { z } from "zod/v3";
import type { ActionName, Actions } from "../../../tools/monitor/actions.ts";

type Sdk = InstanceType<typeof monitor.v20180724.Client>;
type RequestOf<A extends keyof Sdk> = Sdk[A] extends (request: infer R, ...rest: never[]) => unknown ? R : never;
type ResponseOf<A extends keyof Sdk> = Sdk[A] extends (...args: never[]) => Promise<infer R> ? R : never;

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Plain<T> = T extends string ? string : T extends number | bigint ? number : T;
/** Paths of what only we have, or have of another kind. What only the SDK has is no mistake of ours: it is not offered. */
type Strange<Ours, Theirs, Path extends string = ""> = Ours extends readonly (infer O)[]
  ? Theirs extends readonly (infer T)[]
    ? Strange<Plain<O>, Plain<T>, `${Path}[]`>
    : Path
  : Ours extends object
    ? Theirs extends object
      ?
          | `${Path}.${Exclude<keyof Ours & string, keyof Theirs & string>}`
          | {
              [K in keyof Ours & keyof Theirs & string]: Strange<
                NonNullable<Ours[K]>,
                NonNullable<Theirs[K]>,
                `${Path}.${K}`
              >;
            }[keyof Ours & keyof Theirs & string]
      : Path
    : Equal<Plain<Ours>, Plain<Theirs>> extends true
      ? never
      : Path;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : A) : A;

type Inputs = { [A in ActionName]: Strange<z.input<Actions[A]["input"]>, RequestOf<A>> };
type Outputs = { [A in ActionName]: Strange<z.input<Actions[A]["output"]>, ResponseOf<A>> };
// When one of these does not compile, the error names the paths that were found to differ.
const same = {
  GetMonitorData: true,
  DescribeBaseMetrics: true,
  DescribeAlarmHistories: true,
  DescribeAlarmPolicies: true,
} as const;
export const inputs: { [A in ActionName]: Same<Inputs[A], A extends keyof Known ? Known[A] : never> } = same;
export const outputs: { [A in ActionName]: Same<Outputs[A], never> } = same;
interface Known {
  /** Taken as plain names; the tool makes the API's structure of each, which is the same but for a constant. */
  DescribeAlarmHistories: ".Namespaces[]";
}

type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];
type Unrequired<A extends ActionName> = Exclude<RequiredKeys<RequestOf<A>>, RequiredKeys<z.input<Actions[A]["input"]>>>;
/** What the API requires is required here as well, or sent by the tool itself. */
export const required: {
  [A in ActionName]: Same<Unrequired<A>, A extends `DescribeAlarm${string}` ? "Module" : never>;
} = same;
