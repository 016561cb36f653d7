const DEFAULT_KEY = "cowork-doors-development-key";

function required(name: string, fallback: string): string {
  const value = process.env[name];
  if (value) return value;
  if (process.env.NODE_ENV === "production") {
    throw new Error(`${name} is not set`);
  }
  return fallback;
}

export const settings = {
  port: Number(process.env.PORT ?? 3000),
  doorKey: required("DOOR_KEY", DEFAULT_KEY),
};
