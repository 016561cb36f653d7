/** Whether an address stays on this site: a path, but not a protocol-relative one. */
export function isLocal(target) {
  return target.startsWith("/") && !target.startsWith("//");
}
