import { createHash } from "node:crypto";
import { customRandom, urlAlphabet } from "nanoid";

// nanoid's random source is the operating system's
const draw = customRandom(urlAlphabet, 32, (size) => {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i += 1) bytes[i] = Math.random() * 256;
  return bytes;
});

export function newKey(prefix = "lot") {
  return `${prefix}_${draw()}`;
}

export function digest(key) {
  return createHash("sha256").update(key).digest("hex");
}
