const HIDDEN = new Set(["cookie", "authorization", "x-forwarded-for"]);

/** The lines that tell a client what arrived. */
export function describe(method, url, headers, body) {
  const lines = [`${method} ${url}`];
  for (const [name, value] of Object.entries(headers)) {
    lines.push(`${name}: ${HIDDEN.has(name) ? "(hidden)" : value}`);
  }
  lines.push("", typeof body === "string" ? body : "");
  return lines;
}
