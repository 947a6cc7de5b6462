// The machine's own tools. Loads nothing else, so that start-up stays light.
import { profileParameter, regionParameter, type Tool, ticketParameter } from "./advertised.ts";

const text = (description: string) => ({ type: "string", description });
const action = text("Its name.");
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

/** The two that carry actions out. */
export const READ_ACTION = "ReadAction";
export const CHANGE_ACTION = "ChangeAction";
export const FIND_ACTIONS = findActions.name;
export const DESCRIBE_ACTION = describeAction.name;
const OWN = new Set([FIND_ACTIONS, DESCRIBE_ACTION, READ_ACTION, CHANGE_ACTION]);
/** Whether a tool is the machine's own and no action's. */
export const isOwn = (tool: string) => OWN.has(tool);

/**
 * What stands in the place of all actions with --discovery.
 * @param parameter one that almost every action takes: some clients refuse an object without properties
 */
export function discoveryTools(parameter: string): Tool[] {
  const input = {
    type: "object",
    properties: { [parameter]: { type: "string" } },
    description: "The action's parameters, as DescribeAction shows them.",
  };
  const inputSchema: Tool["inputSchema"] = {
    type: "object",
    properties: { Action: action, Input: input, Region: regionParameter },
    required: ["Action"],
  };
  return [
    findActions,
    describeAction,
    {
      name: READ_ACTION,
      description: "Carry out an action that only reads.",
      inputSchema,
      annotations: { readOnlyHint: true, openWorldHint: true },
    },
    {
      name: CHANGE_ACTION,
      description: "Carry out an action that changes something. A person is asked to confirm it.",
      inputSchema,
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
    },
  ];
}

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
