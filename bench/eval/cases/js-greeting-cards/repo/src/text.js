/** Make sure that what a visitor wrote is plain text. */
export function plainText(value) {
  return String(value ?? "")
    .replace(/<[^>]*>/g, "")
    .replace(/[\u0000-\u001f]/g, " ")
    .slice(0, 400);
}
