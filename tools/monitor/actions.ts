// Every action of Cloud Monitor that is offered, in the order in which they are advertised. All of them read.
import { alarm } from "./alarm/actions.ts";
import { metric } from "./metric/actions.ts";

export const actions = { ...metric, ...alarm };
export type Actions = typeof actions;
export type ActionName = keyof Actions;
