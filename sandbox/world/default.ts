// The world that ships, with every default filled in. The build works it out, so that a start does not have to.

import content from "./default.json" with { type: "json" };
import { worldFile } from "./file.ts";

export const defaultFile = () => worldFile.parse(content);
