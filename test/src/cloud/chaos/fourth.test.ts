import { test } from "vitest";
import { chaos } from "./chaos.ts";

test("2,500 changes through faults, the fourth time", chaos, 300_000);
