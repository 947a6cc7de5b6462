// The grammar of an action. An action is data; the types here refuse an action that contradicts itself.
import type { z } from "zod/v3";
import type { Named } from "./leaves.ts";
import type { Line } from "./line.ts";
import type { Found, Stake } from "./preview.ts";

/** zod-to-json-schema reads zod v3 models only; a v4 model does not fit this type. Unknown keys must be refused. */
export type Input = z.ZodObject<z.ZodRawShape, "strict">;
export type Output = z.AnyZodObject;
export type Effect = "read" | "write" | "destroy";

type ReadName = `${"Describe" | "Get" | "Fetch" | "Inquire" | "Check" | "Preview"}${string}`;
type NameKey<I> = { [K in keyof I]-?: I[K] extends string | number ? K : never }[keyof I] & string;
/** A parameter with a name or a number, or one level further down where an action names its subject in a structure: "Route.InstanceId". */
type NameParameter<I> =
  | NameKey<I>
  | { [K in keyof I & string]-?: I[K] extends object ? `${K}.${NameKey<I[K]>}` : never }[keyof I & string];

interface Facts<I extends Input> {
  /** One line for the agent: what the action does and when to take it. */
  about: string;
  /** Documented calls per second, per action, region and credential. */
  perSecond: number;
  input: I;
  /**
   * A constraint over several parameters: what is wrong and what would be right, or undefined.
   * @param now the time where the call goes, milliseconds since the epoch
   */
  rule?: (input: z.output<I>, now: number) => string | undefined;
  /** What goes over the wire, where that is not the input as it is: constants, defaults, another form. */
  sends?: (input: z.output<I>, now: number) => Record<string, unknown>;
  /** What of an answer is shown, where that is not the answer as it is, and what has to be said of it, a sentence each. */
  shows?: (
    input: z.output<I>,
    response: Record<string, unknown>,
  ) => { response: Record<string, unknown>; told: string[] };
  /** What it touches besides what its parameters name, for policies: all topics, where none are chosen. */
  touches?: (input: z.output<I>) => readonly Named[];
  /** The only regions that offer the action, where the reference restricts it. */
  regions?: readonly string[];
}

interface Read {
  effect: "read";
  bills: false;
  subject?: never;
  loses?: never;
  opens?: never;
  final?: never;
}
interface Change<I extends Input> {
  /** Whether it costs or refunds money, where that depends on the arguments as a function of them. */
  bills: boolean | ((input: z.output<I>) => boolean);
  /** Who gains access. */
  opens?: Stake<z.output<I>>;
  /** What no action undoes. */
  final?: Stake<z.output<I>>;
  /** The parameter that names what is changed, or the name itself; the person confirming types it where something is lost. */
  subject: NameParameter<z.output<I>> | ((input: z.output<I>) => string);
}
interface Write<I extends Input> extends Change<I> {
  effect: "write";
  /** What these arguments can take away, or undefined. What always loses something destroys. */
  loses?: (input: z.output<I>) => Line | undefined;
}
interface Destroy<I extends Input> extends Change<I> {
  effect: "destroy";
  /** What cannot be got back, in words that complete "loses …". */
  loses: Line;
}

/** Names are promises: reading names read, Delete destroys, and nothing else may claim to read. */
type Risk<Name, I extends Input> = Name extends ReadName
  ? Read
  : Name extends `Delete${string}`
    ? Destroy<I>
    : Write<I> | Destroy<I>;

export type Action<Name, I extends Input, O extends Output> = Facts<I> & Risk<Name, I> & { output: O };
/**
 * Declares the actions of one noun. Returns them as they are; the point is what the compiler refuses.
 * Two mapped types, because TypeScript infers a type parameter only from the mapped type that iterates over its keys.
 */
export function domain<I extends Record<string, Input>, O extends { [K in keyof I]: Output }>(
  actions: { [K in keyof I]: Facts<I[K]> & Risk<K, I[K]> } & { [K in keyof O]: { output: O[K] } },
): { [K in keyof I & keyof O]: Action<K, I[K], O[K]> } {
  return actions as never;
}

/** Any action, for the machine, which does not know their names. */
export type AnyAction = Facts<Input> & (Read | Write<Input> | Destroy<Input>) & { output: Output };

interface Models {
  effect: Effect;
  input: Input;
  output: Output;
}
export type InputOf<A extends Models> = z.output<A["input"]>;
export type OutputOf<A extends Models> = z.output<A["output"]>;
export type ReadsOf<D> = { [K in keyof D]: D[K] extends { effect: "read" } ? K : never }[keyof D];
export type ChangesOf<D> = Exclude<keyof D, ReadsOf<D>>;
export type Actions<D> = { [K in keyof D]: Models };

/** Runs a read on behalf of a preview. Rejects when the read fails; the guard says so to the person. */
export interface Reader<All extends Actions<All>> {
  <A extends ReadsOf<All>>(action: A, input: InputOf<All[A]>): Promise<OutputOf<All[A]>>;
  /** The time where it reads, as its latest answer has it, milliseconds since the epoch: a sandbox has a clock of its own. */
  readonly now: number;
}

/** For each changing action of a domain: what a person must see before confirming. It can only read. */
export type Previews<D extends Actions<D>, All extends Actions<All>> = {
  [A in ChangesOf<D>]: (input: InputOf<D[A]>, read: Reader<All>) => Promise<Found<InputOf<D[A]>>>;
};
/** For each changing action: the read that tells whether it was carried out, when its answer was lost. */
export type Outcomes<D extends Actions<D>, All extends Actions<All>> = { [A in ChangesOf<D>]: ReadsOf<All> };
export type AnyPreview = (input: never, read: never) => Promise<Found<unknown>>;

/** The sandbox's implementation of a domain: each action, with that domain's input and output as they go over the wire. */
export type Fakes<D extends Actions<D>, World> = {
  [A in keyof D]: (world: World, input: z.input<D[A]["input"]>) => z.input<D[A]["output"]>;
};
