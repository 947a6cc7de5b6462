// Where things lie in this checkout. A folder's name can hold blanks and other characters that a URL spells differently.
import { fileURLToPath } from "node:url";

/** A path from the root of the checkout, like dist/index.js. */
export const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
export const SERVER = inRoot("dist/index.js");
