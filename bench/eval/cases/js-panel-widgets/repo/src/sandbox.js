import vm from "node:vm";

const LIMITS = { timeout: 50, contextCodeGeneration: { strings: true, wasm: false } };

/** Evaluate an expression in a sandbox that sees the given values and nothing else. */
export function inSandbox(expression, values) {
  const context = { ...values, Math: { min: Math.min, max: Math.max, round: Math.round } };
  return vm.runInNewContext(`(${expression})`, context, LIMITS);
}
