// What surrounds an action's own parameters in a call: where it goes, whose account, what was brought along.

export interface Around {
  Region?: unknown;
  Ticket?: unknown;
  Profile?: unknown;
  /** The character with which long texts of a result begin, for reading on in what was cut. */
  TextFrom?: unknown;
}

/** Takes a call's arguments apart. null counts as left out. */
export function apart(args: Record<string, unknown>): { around: Around; input: Record<string, unknown> } {
  const { Region, Ticket, Profile, TextFrom, ...input } = args;
  const given = Object.entries({ Region, Ticket, Profile, TextFrom }).filter(([, value]) => value !== undefined);
  return { around: Object.fromEntries(given), input };
}
