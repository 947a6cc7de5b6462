// The JSON Schema of world files, for editors and for programs that write them. Made by the build.
import { ignoreOverride, zodToJsonSchema } from "zod-to-json-schema";
import { listBehind } from "./fields.ts";
import { worldModel } from "./world.ts";

export const worldSchema = () => ({
  title: "World of the ckafka-mcp sandbox",
  ...zodToJsonSchema(worldModel, {
    $refStrategy: "none",
    override: (def) => {
      const list = listBehind(def);
      return list ? (zodToJsonSchema(list, { $refStrategy: "none" }) as never) : ignoreOverride;
    },
  }),
});
