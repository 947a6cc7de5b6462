// Bad input, generated from the models for every parameter of every action: one missing, one misspelt, one mistyped, one
// out of range. Each message has to name the parameter, what was wrong and what would be right.
import { describe, expect, test } from "vitest";
import { z } from "zod/v3";
import { parse } from "../../../src/call/parse.ts";
import type { AnyAction } from "../../../src/model/action.ts";
import { bare } from "../../../src/model/field.ts";
import { type ActionName, actions } from "../../../tools/ckafka/actions.ts";

/** Why parse refuses these arguments; undefined where it does not. */
function refusal(name: string, args: object): string | undefined {
  try {
    parse(name, actions[name as ActionName] as unknown as AnyAction, args as Record<string, unknown>);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

/** A value of another kind than the model's. */
function mistyped(model: z.ZodTypeAny): unknown {
  if (model instanceof z.ZodString || model instanceof z.ZodEnum) return 4.5;
  if (model instanceof z.ZodArray) return "not a list";
  if (model instanceof z.ZodBoolean) return "perhaps";
  return "not this";
}

/** A value of the model's kind that it does not allow, and what the message says of it; none where everything goes. */
function outOfRange(wrapped: z.ZodTypeAny): { value: unknown; says: RegExp } | undefined {
  const model = bare(wrapped);
  if (model instanceof z.ZodEnum) return { value: "NoSuchValue", says: /must be one of "/ };
  if (model instanceof z.ZodUnion) return { value: 987, says: /must be one of/ };
  if (model instanceof z.ZodLiteral)
    return { value: typeof model.value === "string" ? "NoSuchValue" : 987, says: /must be/ };
  if (model instanceof z.ZodNumber) {
    if (model.minValue !== null)
      return {
        value: model.minValue - 1,
        says: new RegExp(`must be at least ${model.minValue}, got ${model.minValue - 1}`),
      };
    if (model.maxValue !== null)
      return { value: model.maxValue + 1, says: new RegExp(`must be at most ${model.maxValue}, got`) };
    return model.isInt ? { value: 1.5, says: /must be an integer, got 1\.5/ } : undefined;
  }
  if (model instanceof z.ZodString) {
    if (model.minLength !== null) return { value: "", says: /must not be empty|may hold|must be/ };
    if (model.maxLength !== null) return { value: "x".repeat(model.maxLength + 1), says: /may have at most/ };
    return undefined;
  }
  if (model instanceof z.ZodArray) {
    const { minLength, maxLength } = model._def;
    if (minLength !== null) return { value: [], says: /must have at least \d+ entr/ };
    if (maxLength !== null) return { value: Array(maxLength.value + 1).fill("x"), says: /must have at most|must be/ };
  }
  return undefined;
}

describe.each(Object.entries(actions))("%s", (name, action) => {
  const shape = action.input.shape as z.ZodRawShape;
  test.each(Object.entries(shape))("%s", (parameter, field) => {
    const model = bare(field);
    if (!field.isOptional()) expect(refusal(name, {})).toMatch(new RegExp(`\\b${parameter} is missing \\(`));
    const wrong = mistyped(model);
    expect(refusal(name, { [parameter]: wrong })).toMatch(new RegExp(`\\b${parameter} must be .*got `));
    const beyond = outOfRange(field);
    if (beyond) {
      const told = refusal(name, { [parameter]: beyond.value });
      expect(told).toMatch(new RegExp(`\\b${parameter}\\b`));
      expect(told).toMatch(beyond.says);
    }
    const misspelt = `${parameter.slice(0, -1)}${parameter.at(-1) === "x" ? "y" : "x"}`;
    const told = refusal(name, { [misspelt]: 1 }) ?? "";
    expect(told).toContain(`${misspelt} is not a parameter`);
    expect(told).toMatch(/did you mean \w+\?/);
    expect(told).toMatch(/Nothing was sent\.$/);
  });
  test("an unknown parameter", () => {
    expect(refusal(name, { Zzzzzzzzzz: 1 })).toMatch(/Zzzzzzzzzz is not a parameter \(there are/);
  });
});
