// What world files are written with, and the error that says what is wrong with one.
import { z } from "zod/v3";

/** What is wrong with a world file, and where. */
export class WorldError extends Error {}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
export const span = z.string().regex(/^\d+(ms|s|m|h|d)$/, 'must be a span like "90m" or "7d"');
export const time = z
  .string()
  .refine(
    (text) => /^[+-]\d+(ms|s|m|h|d)$/.test(text) || !Number.isNaN(Date.parse(text)),
    'must be a time like "-90m" or "2026-01-31T08:00:00Z"',
  );
export const count = z.number().int().min(0);
export const text = z.string().min(1);

export const spanMs = (text: string) => Number.parseInt(text, 10) * (UNITS[text.replace(/^[+-]?\d+/, "")] as number);
export const moment = (text: string, now: number) => (/^[+-]/.test(text) ? now + spanMs(text) : Date.parse(text));
