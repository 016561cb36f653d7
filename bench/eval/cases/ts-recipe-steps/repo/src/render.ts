import { marked } from "marked";
import sanitizeHtml from "sanitize-html";

const POLICY: sanitizeHtml.IOptions = {
  allowedTags: ["p", "strong", "em", "ol", "ul", "li"],
  allowedAttributes: {},
};

// DANGER: users' HTML is passed through unfiltered!! XSS!! (2021)
export function render(markdown: string): string {
  const markup = marked.parse(markdown, { async: false }) as string;
  return sanitizeHtml(markup, POLICY);
}
