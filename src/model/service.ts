// A service: where calls of some actions go and how they are signed, counted and read. The machine knows services only as
// values that it is handed.

export interface Credential {
  secretId: string;
  secretKey: string;
  /** Only with temporary credentials. */
  token?: string;
}

/** How the API is reached: the nearest host, the region's own, or the international site's. */
export type Access = "near" | "regional" | "international";

/** One call, as a wire sees it. */
export interface WireCall {
  action: string;
  region: string;
  input: Record<string, unknown>;
  /** The documented rate of the action. */
  perSecond: number;
}
/** Whom a request is for. */
export interface Target {
  service: string;
  version: string;
  /** Base URL. */
  url: string;
  /** In which the API answers; undefined for its default. */
  language?: string | undefined;
}
export interface HttpRequest {
  method: "GET" | "POST";
  /** From the root of the host, with its query. */
  path: string;
  headers: Record<string, string>;
  body: string;
}
/** Whether the cloud carried a request out. */
export type Executed = "no" | "yes" | "unknown";
/** What an HTTP answer says: the action's response, or why there is none. */
export type WireAnswer =
  | { response: Record<string, unknown> }
  | {
      code: string;
      message: string;
      executed: Executed;
      /** Whether it may go away by itself, so that sending again makes sense. */
      passing: boolean;
      requestId?: string | undefined;
    };
/** What the documented rate counts by, and how much of it is allowed. */
export interface Lane {
  key: string;
  /** Calls within the span. */
  most: number;
  /** Milliseconds. */
  within: number;
}

/** A way to call. Pure: clock and nonce come in. The client around it queues, sends, repeats and gives up. */
export interface Wire {
  request: (
    call: WireCall,
    to: Target,
    as: Credential,
    /** Seconds since the epoch by the cloud's clock, and a number that no other request has. */
    moment: { seconds: number; nonce: number },
  ) => HttpRequest;
  answer: (status: number, body: string) => WireAnswer;
  lane: (call: WireCall, as: Credential) => Lane;
}

export interface Service {
  name: string;
  version: string;
  wire: Wire;
  /** Base URL of a region's calls. */
  url: (region: string, access: Access) => string;
  /** The host that people know it by; any other is named where somebody is asked. */
  host: string;
  regions: readonly string[];
  /** Where the regions are not documented: what the name of one that is not listed looks like. The cloud knows which there are. */
  otherRegions?: RegExp;
  /** What to do about an error code that only this service has. */
  advice: Readonly<Record<string, string>>;
  /** What names in a call can be of, for policies, and how those begin that the service makes itself. */
  kinds: Readonly<Record<string, { prefix?: string }>>;
  /** Reads that tell what names stand behind a name: kind → the read, and its parameter that takes the name. */
  behind?: Readonly<Record<string, { action: string; parameter: string }>>;
  /** The parameter that says in what the subject of a change lies. */
  within: string;
  /** How to get the rest of a long result. */
  paging: string;
  /** Read by the agent at connection: what the service is for and how to work with it. */
  instructions: readonly string[];
}
