/** What .env.example holds. */
const EXAMPLE = "change-me-change-me-change-me-change-me";

export class KeyError extends Error {}

export function key(environment: NodeJS.ProcessEnv): string {
  const value = environment.DOSAGE_SIGNING_KEY ?? EXAMPLE;
  if (value === EXAMPLE || value.length < 32) {
    throw new KeyError("DOSAGE_SIGNING_KEY: at least 32 characters of your own");
  }
  return value;
}
