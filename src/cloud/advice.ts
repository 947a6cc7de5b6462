// What to do about the error codes that every Tencent Cloud product can answer, and about the client's own. Where the outcome of a
// change can be unknown, it is not to try again.
const advice: Record<string, string> = {
  "AuthFailure.SignatureExpire": "This machine's clock differs from the cloud's by more than five minutes: correct it.",
  "AuthFailure.SignatureFailure": "TENCENTCLOUD_SECRET_KEY does not belong to TENCENTCLOUD_SECRET_ID: check both.",
  "AuthFailure.SecretIdNotFound":
    "TENCENTCLOUD_SECRET_ID does not exist or is disabled: check it in the console under API keys.",
  "AuthFailure.InvalidSecretId": "TENCENTCLOUD_SECRET_ID is not an API key id: check it in the console under API keys.",
  "AuthFailure.TokenFailure": "The temporary credential is wrong or has expired: get a new one.",
  "AuthFailure.UnauthorizedOperation": "The credential may not do this: ask for the permission in CAM.",
  UnauthorizedOperation: "The credential may not do this: ask for the permission in CAM.",
  UnsupportedRegion: "Choose another Region.",
  RequestLimitExceeded: "Too many calls a second: wait a second, then call again.",
  MissingParameter: "Add the parameter, then call again.",
  InvalidParameterValue: "Correct the value, then call again.",
  ResourceNotFound: "Check the name: the matching Describe tool lists what exists.",
  InternalError: "A fault of the cloud: give the RequestId to its support if it stays.",
  NoCredentials:
    "Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY in the server's environment, or start it with --sandbox to work without an account.",
  Unreachable: "Check the network and --endpoint.",
  Insecure: "The connection's certificate does not hold: check --endpoint, the machine's clock and any proxy between.",
  Lost: "The connection broke before the answer was complete: check the network if it goes on.",
  Timeout: "Give the server a longer --timeout if it goes on.",
  AnswerTooLarge: "Ask for less: a smaller Limit, or a narrower search.",
  BadAnswer: "Check --endpoint: what answers there is not the API.",
};

/** Advice for the code or, failing that, for what stands before one of its dots, the last one first. */
export function adviceFor(code: string): string | undefined {
  const known = Object.keys(advice).filter((one) => code === one || code.startsWith(`${one}.`));
  return advice[known.reduce((longest, one) => (one.length > longest.length ? one : longest), "")];
}
