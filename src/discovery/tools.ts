// The machine's own tools. Loads nothing else, so that start-up stays light.
import { profileParameter, regionParameter, type Tool, ticketParameter } from "./advertised.ts";

export const FIND_ACTIONS = "FindActions";
export const DESCRIBE_ACTION = "DescribeAction";
/** The two that carry actions out. */
export const READ_ACTION = "ReadAction";
export const CHANGE_ACTION = "ChangeAction";

const text = (description: string) => ({ type: "string", description });
const action = text("Its name.");
const reading = { readOnlyHint: true, openWorldHint: false };

/** @param example a parameter within a structure */
export const describeAction = (example: string): Tool => ({
  name: DESCRIBE_ACTION,
  description: "Show an action in full: parameters with bounds, risk, errors, limits, result.",
  inputSchema: {
    type: "object",
    properties: { Action: action, Parameter: text(`Only this part, like ${example}.`) },
    required: ["Action"],
  },
  annotations: reading,
});

const findActions: Tool = {
  name: FIND_ACTIONS,
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

const OWN = new Set([FIND_ACTIONS, DESCRIBE_ACTION, READ_ACTION, CHANGE_ACTION]);
/** Whether a tool is the machine's own and no action's. */
export const isOwn = (tool: string) => OWN.has(tool);

/**
 * What stands in the place of all actions with --discovery.
 * @param parameter one that almost every action takes: some clients refuse an object without properties
 * @param example a parameter within a structure
 */
export function discoveryTools(parameter: string, example: string): Tool[] {
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
    describeAction(example),
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
