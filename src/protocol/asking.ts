// How a client that can be asked at once gets its result: the question is shown, and the same call comes again with its
// answer. The handler never waits for a person.
import type { Outcome } from "../call/call.ts";
import type { Answered, Brought, Question } from "../guard/question.ts";
import type { ToolResult } from "../model/result.ts";

type Call = (brought: Extract<Brought, { state: string }> | undefined) => Promise<Outcome>;

/** @param show shows a question and resolves with the answer; rejects where the dialog fails */
export async function asking(call: Call, show: (question: Question) => Promise<Answered>): Promise<ToolResult> {
  let outcome = await call(undefined);
  while ("ask" in outcome) {
    const { ask, state } = outcome;
    const shown = performance.now();
    const answer = await show(ask).catch(
      (error: unknown): Answered => ({
        action: "failed",
        reason: error instanceof Error ? error.message : String(error),
      }),
    );
    outcome = await call({ state, answer, took: performance.now() - shown });
  }
  return outcome.result;
}
