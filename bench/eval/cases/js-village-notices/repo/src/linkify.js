const ADDRESS = /\bhttps?:\/\/[^\s<]+/g;

export function linkify(markup) {
  return markup.replace(ADDRESS, (url) => `<a href="${url}" rel="noopener">${url}</a>`);
}

export function paragraphs(text) {
  return text
    .split(/\n{2,}/)
    .map((piece) => `<p>${piece.trim()}</p>`)
    .join("");
}
