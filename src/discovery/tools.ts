// The machine's own tools. Imports nothing, so that start-up stays light.
import { profileParameter, regionParameter, type Tool, ticketParameter } from "./advertised.ts";

const text = (description: string) => ({ type: "string", description });
const action = text("Its name.");
/** Some clients refuse an object without properties; almost every action takes this one. */
const input = {
  type: "object",
  properties: { InstanceId: { type: "string" } },
  description: "The action's parameters, as DescribeAction shows them.",
};
const reading = { readOnlyHint: true, openWorldHint: false };

export const describeAction: Tool = {
  name: "DescribeAction",
  description: "Show an action in full: parameters with bounds, risk, errors, limits, result.",
  inputSchema: {
    type: "object",
    properties: { Action: action, Parameter: text("Only this part, like Topic.RetentionMs.") },
    required: ["Action"],
  },
  annotations: reading,
};

const findActions: Tool = {
  name: "FindActions",
  description: "Find actions by words, English or Chinese. Start here, then DescribeAction.",
  inputSchema: {
    type: "object",
    properties: {
      Words: text("What you want to do, see or change."),
      Limit: { type: "integer", description: "Default 5." },
    },
    required: ["Words"],
  },
  annotations: reading,
};

const readAction: Tool = {
  name: "ReadAction",
  description: "Carry out an action that only reads.",
  inputSchema: {
    type: "object",
    properties: { Action: action, Input: input, Region: regionParameter },
    required: ["Action"],
  },
  annotations: { readOnlyHint: true, openWorldHint: true },
};

const changeAction: Tool = {
  name: "ChangeAction",
  description: "Carry out an action that changes something. A person is asked to confirm it.",
  inputSchema: {
    type: "object",
    properties: { Action: action, Input: input, Region: regionParameter },
    required: ["Action"],
  },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
};

/** What stands in the place of all actions with --discovery. */
export const discovery = { findActions, describeAction, readAction, changeAction };

export interface Adding {
  tickets: boolean;
  profiles: string[];
}
/** A tool with the parameters that this server adds: Ticket to changes in ticket mode, Profile where there are several. */
export function withOwnParameters(tool: Tool, changes: boolean, { tickets, profiles }: Adding): Tool {
  const ticket = tickets && changes ? { Ticket: ticketParameter } : {};
  const profile = profiles.length > 1 ? { Profile: { ...profileParameter, enum: profiles } } : {};
  const added = { ...profile, ...ticket };
  if (Object.keys(added).length === 0) return tool;
  const { properties, required = [] } = tool.inputSchema;
  const inputSchema = { ...tool.inputSchema, properties: { ...properties, ...added } };
  return {
    ...tool,
    inputSchema: profile.Profile ? { ...inputSchema, required: [...required, "Profile"] } : inputSchema,
  };
}
