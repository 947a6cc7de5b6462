// Takes away what a test has started or written. The list of it is shared by whoever imports it; the hook has to be set
// for each file anew, which is why this is a setup file.
import { afterEach } from "vitest";
import { clean } from "./after.ts";

afterEach(clean);
