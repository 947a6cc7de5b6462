// The world that ships, with every default filled in. The build works it out, so that a start does not have to.
import { worldFile } from "./world.file.ts";
import content from "./worlds/default.json" with { type: "json" };

export const defaultFile = () => worldFile.parse(content);
