import { readFileSync } from "node:fs";
import { z } from "zod";

const Config = z.object({
  host: z.string(),
  port: z.number().int().default(8883),
  token: z.string().optional(),
  tls: z
    .object({ verify: z.boolean().default(false), servername: z.string().optional() })
    .default({}),
});

export type Config = z.infer<typeof Config>;

export function load(path: string): Config {
  return Config.parse(JSON.parse(readFileSync(path, "utf8")));
}
