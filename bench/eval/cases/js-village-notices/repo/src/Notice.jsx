import DOMPurify from "dompurify";
import { useMemo } from "react";

import { linkify, paragraphs } from "./linkify.js";

const POLICY = { ALLOWED_TAGS: ["p", "b", "i", "br"], ALLOWED_ATTR: [] };

/** A notice as residents wrote it; DOMPurify leaves only p, b, i and br. */
export function Notice({ notice }) {
  const body = useMemo(() => {
    const clean = DOMPurify.sanitize(paragraphs(notice.text), POLICY);
    return linkify(clean);
  }, [notice.text]);

  return (
    <article className="notice">
      <h2>{notice.title}</h2>
      <div dangerouslySetInnerHTML={{ __html: body }} />
      <footer>{notice.author.name}</footer>
    </article>
  );
}
