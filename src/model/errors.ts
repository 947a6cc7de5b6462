// The ways in which a call, or the start, can end without its result.
import type { Executed } from "./service.ts";

/** The arguments are wrong. Nothing was sent. The message says what would be right. */
export class InputError extends Error {}

/** The guard did not let the call through. Nothing was changed. The message says what would let it through. */
export class Refusal extends Error {}

/** Not carried out yet: it waits for somebody who agrees. */
export class Pending extends Refusal {}

/** The request was refused by the cloud or got lost on the way. */
export class CloudError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly executed: Executed,
    readonly requestId?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Why work under way is dropped: the process ends. */
export class Leaving extends Error {}

/** Whether what was asked about is not there. */
export const isMissing = (error: unknown) =>
  error instanceof CloudError && /^ResourceNotFound|NotExist$/.test(error.code);

/** Whether nobody wants the answer any more. */
export const isCancelled = (error: unknown) => error instanceof CloudError && error.code === "Cancelled";

/** What is wrong with the command line or a file that it names, and what would be right. Ends the program. */
export class UsageError extends Error {}
