// Which of the documented codes an error goes by: every page lists its own, and some are common to all.
import { Fault } from "../state/fault.ts";
import older from "./2025-07.json" with { type: "json" };
import cls from "./cls.json" with { type: "json" };
import monitor from "./monitor.json" with { type: "json" };

const pages = { ...older.actions, ...cls.actions, ...monitor.actions } as Record<string, { errorCodes?: string[] }>;
/** Those that no page lists and any action can answer. */
const COMMON = new Set(
  `ActionOffline AuthFailure.InvalidAuthorization AuthFailure.InvalidSecretId AuthFailure.MFAFailure
  AuthFailure.SecretIdNotFound AuthFailure.SignatureExpire AuthFailure.SignatureFailure AuthFailure.TokenFailure
  AuthFailure.UnauthorizedOperation DryRunOperation FailedOperation InternalError InvalidAction InvalidParameter
  InvalidParameterValue InvalidRequest IpInBlacklist IpNotInWhitelist LimitExceeded MissingParameter NoSuchProduct
  NoSuchVersion RequestLimitExceeded RequestLimitExceeded.GlobalRegionUinLimitExceeded
  RequestLimitExceeded.IPLimitExceeded RequestLimitExceeded.UinLimitExceeded RequestSizeLimitExceeded ResourceInUse
  ResourceInsufficient ResourceNotFound ResourceUnavailable ResponseSizeLimitExceeded ServiceUnavailable
  UnauthorizedOperation UnknownParameter UnsupportedOperation UnsupportedProtocol UnsupportedRegion`.split(/\s+/),
);
/** What a page may list in a code's place. */
const INSTEAD: Record<string, string> = {
  "InvalidParameterValue.InstanceNotExist": "ResourceNotFound",
  ResourceUnavailable: "OperationDenied",
};

/** Carries out what may fail, and lets it fail with a code that the action's page has or that is common to all. */
export function documented<T>(action: string, execute: () => T): T {
  try {
    return execute();
  } catch (error) {
    throw error instanceof Fault ? new Fault(codeOn(pages[action]?.errorCodes, error.code), error.message) : error;
  }
}

/** @param page its codes; actions that came later have none, and answer with whatever says it best */
function codeOn(page: string[] | undefined, code: string): string {
  if (!page?.length || page.includes(code)) return code;
  const instead = INSTEAD[code];
  if (instead && page.includes(instead)) return instead;
  if (COMMON.has(code)) return code;
  return instead ?? (code.split(".")[0] as string);
}
