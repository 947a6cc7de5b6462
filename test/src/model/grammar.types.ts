// Mistakes that the grammar of an action forbids. Each must keep failing to compile.
import { z as v4 } from "zod";
import { z } from "zod/v3";
import { domain, type Fakes, type Previews } from "../../../src/model/action.ts";
import { say } from "../../../src/model/line.ts";

const input = z.object({ Name: z.string(), Count: z.number() }).strict();
const output = z.object({ Result: z.string() });
const common = { bills: false, perSecond: 20, about: "…", input, output } as const;
const read = { ...common, effect: "read" } as const;
const write = { ...common, effect: "write", subject: "Name" } as const;
const destroy = { ...common, effect: "destroy", subject: "Name", loses: say`all` } as const;

// What is right compiles.
export const good = domain({
  DescribeThing: read,
  ModifyThing: { ...write, loses: ({ Count }) => (Count > 1 ? say`too many` : undefined) },
  ResetThing: destroy,
  DeleteThing: { ...destroy, bills: true, rule: ({ Name }) => (Name === "x" ? "not x" : undefined) },
});

// @ts-expect-error a reading name must read
domain({ DescribeThing: write });
// @ts-expect-error a reading name must read
domain({ FetchThing: destroy });
// @ts-expect-error a deletion destroys
domain({ DeleteThing: write });
// @ts-expect-error no other name may claim to read
domain({ ModifyThing: read });
// @ts-expect-error a read has no bill
domain({ DescribeThing: { ...read, bills: true } });
// @ts-expect-error a read has no subject
domain({ DescribeThing: { ...read, subject: "Name" } });
// @ts-expect-error what destroys says what it loses
domain({ DeleteThing: { ...common, effect: "destroy", subject: "Name" } });
// @ts-expect-error what loses something destroys
domain({ ModifyThing: { ...write, loses: say`all` } });
// @ts-expect-error what destroys loses something whatever the arguments
domain({ DeleteThing: { ...destroy, loses: () => undefined } });
// @ts-expect-error our own words are literals
domain({ DeleteThing: { ...destroy, loses: "all" } });
// @ts-expect-error a change names its subject
domain({ ModifyThing: { ...common, effect: "write" } });
// @ts-expect-error the subject is a parameter
domain({ ModifyThing: { ...write, subject: "Nobody" } });
// @ts-expect-error the subject is a text, since a person types it
domain({ ModifyThing: { ...write, subject: "Count" } });
// @ts-expect-error a change says whether it bills
domain({ ModifyThing: { effect: "write", subject: "Name", perSecond: 20, about: "…", input, output } });
// @ts-expect-error the documented rate is no matter of taste
domain({ DescribeThing: { effect: "read", bills: false, about: "…", input, output } });
// @ts-expect-error an action has an output
domain({ DescribeThing: { effect: "read", bills: false, perSecond: 1, about: "…", input } });
// @ts-expect-error unknown parameters must be refused
domain({ DescribeThing: { ...read, input: z.object({ Name: z.string() }) } });
// @ts-expect-error a zod v4 model would be advertised as an empty schema
domain({ DescribeThing: { ...read, input: v4.object({ Name: v4.string() }).strict() } });
// @ts-expect-error a rule sees the action's own parameters
domain({ DescribeThing: { ...read, rule: ({ Other }: { Other: string }) => Other } });

const fake = () => ({ Result: "…" });
const all = { DescribeThing: fake, ModifyThing: fake, ResetThing: fake, DeleteThing: fake };
export const fakes: Fakes<typeof good, object> = all;
// @ts-expect-error an action is missing in the sandbox
export const missing: Fakes<typeof good, object> = { DescribeThing: fake, ModifyThing: fake, ResetThing: fake };
// @ts-expect-error an answer has the wrong type
export const wrong: Fakes<typeof good, object> = { ...all, DescribeThing: () => ({ Result: 1 }) };
export const extra: Fakes<typeof good, object> = {
  DescribeThing: fake,
  ModifyThing: fake,
  ResetThing: fake,
  DeleteThing: fake,
  // @ts-expect-error the sandbox has an action that no tool has
  Other: fake,
};

const lines = async () => ({ finds: [] });
export const previews: Previews<typeof good, typeof good> = {
  ModifyThing: lines,
  ResetThing: lines,
  DeleteThing: lines,
};
// @ts-expect-error a change has no preview
export const blind: Previews<typeof good, typeof good> = { ModifyThing: lines, ResetThing: lines };
export const meddling: Previews<typeof good, typeof good> = {
  ...previews,
  // @ts-expect-error a preview can only read
  DeleteThing: async (input, read) => ({ finds: [await read("ModifyThing", input)] as never }),
};
