const NAME = /^([\p{L}]+[ '-]?)*$/u;
const EMAIL = /^[^@\s]{1,64}@[^@\s]{1,190}$/;

class Invalid extends Error {}

function name(value) {
  const text = String(value ?? "").normalize("NFC");
  if (!NAME.test(text)) throw new Invalid("a name has letters, spaces, hyphens and apostrophes");
  if (text.length > 80) throw new Invalid("a name has at most 80 characters");
  return text.trim();
}

function email(value) {
  const text = String(value ?? "").trim();
  if (text.length > 254 || !EMAIL.test(text)) throw new Invalid("not an address");
  return text.toLowerCase();
}

module.exports = { name, email, Invalid };
