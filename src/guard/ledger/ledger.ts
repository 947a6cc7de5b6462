// What processes and replicas share: what waits for a person, answers, tickets, used proofs, and one change at a time.
// Small and asynchronous, so that files can give way to a store that several machines reach.

/** waiting: for the operator; answered: by the operator; ticket: handed out to a script; moment: when a call was first made. */
export type Kind = "waiting" | "answered" | "ticket" | "moment";

export interface Ledger {
  /** Keeps a value for so long. One with the same id gives way. */
  put: (kind: Kind, id: string, value: object, seconds: number) => Promise<void>;
  /** Undefined where there is none, it is over, or somebody else wrote it. */
  get: (kind: Kind, id: string) => Promise<object | undefined>;
  list: (kind: Kind) => Promise<{ id: string; value: object }[]>;
  remove: (kind: Kind, id: string) => Promise<void>;
  /** A claim: true for one caller only, ever within the time in which the nonce can count. */
  once: (nonce: string, seconds: number) => Promise<boolean>;
  /**
   * Runs the work while nobody else's work for the same account runs, in any process.
   * @param wait milliseconds to wait for one's turn @throws Busy when it does not come
   */
  exclusively: <T>(account: string, wait: number, work: () => Promise<T>) => Promise<T>;
  /** Seals a value so that only this ledger's owners can have made it, and nobody else can read it. */
  seal: (value: object) => string;
  /** Undefined for what was not sealed here. */
  unseal: (sealed: string) => object | undefined;
}

/** Another change is under way and does not end. */
export class Busy extends Error {}
