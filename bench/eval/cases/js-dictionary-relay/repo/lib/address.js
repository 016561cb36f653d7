const BASE = "https://dictionary.example/";

/** The address of an entry; `word` may hold anything. */
export function entryAddress(word, language) {
  const params = new URLSearchParams({ word, lang: language });
  return `${BASE}v1/entries?${params}`;
}
