export const query = {
  type: "object",
  required: ["plate"],
  additionalProperties: false,
  properties: {
    plate: { type: "string", minLength: 2, maxLength: 12 },
  },
};

// groups of letters and digits, as people type them
const PLATE = /^([A-Za-z0-9]+[ -]?)+$/;

export function normalise(text) {
  if (!PLATE.test(text)) return null;
  return text.toUpperCase().replaceAll(/[ -]/g, "");
}
