// What somebody is asked, and what comes back.

export interface Question {
  message: string;
  /** What has to be entered: a tick, or this name. */
  expects: string | true;
}
export type Answered =
  | { action: "accept"; entered: unknown }
  | { action: "decline" | "cancel" }
  /** The dialog itself failed; why. */
  | { action: "failed"; reason: string };

/** What a call brings along: a ticket, or the answer to the question that it led to before. */
export type Brought =
  | { ticket: string }
  | {
      /** As the question was sealed. */
      state: string;
      answer: Answered;
      /** Milliseconds from the question to the answer, where that is known. */
      took?: number | undefined;
    };
