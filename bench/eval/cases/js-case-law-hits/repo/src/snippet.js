import escape from "lodash/escape";

const OPEN = "\ue000";
const CLOSE = "\ue001";

/** The service marks hits by two characters that no document has. */
export function highlighted(snippet) {
  return escape(snippet).replaceAll(OPEN, "<mark>").replaceAll(CLOSE, "</mark>");
}
