import { parseXml, type Document, type ParserOptions } from "libxmljs2";

const STRICT: ParserOptions = { noent: false, nonet: true, dtdload: false, huge: false };

/** Parse a document from outside. Entities are off. */
export function parse(text: string, options: ParserOptions = {}): Document {
  return parseXml(text, { ...STRICT, ...options });
}
