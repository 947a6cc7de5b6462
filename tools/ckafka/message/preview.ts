// What a person sees before messages are sent.
import type { Previews } from "../../../src/model/action.ts";
import type { Actions } from "../actions.ts";
import type { message } from "./actions.ts";

export const messagePreviews: Previews<typeof message, Actions> = {
  SendMessage: async ({ DataHubId, Message }) => {
    const bytes = Message.reduce(
      (sum, { Key, Body }) => sum + Buffer.byteLength(Body) + Buffer.byteLength(Key ?? ""),
      0,
    );
    return [`Sends ${Message.length} message(s), ${bytes} bytes, to ${DataHubId}. What is sent cannot be taken back.`];
  },
};
