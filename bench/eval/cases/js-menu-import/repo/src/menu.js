import yaml from "js-yaml";

export class MenuError extends Error {}

/** Menus are written by the restaurants themselves. */
export function readMenu(text) {
  let document;
  try {
    document = yaml.load(text, { filename: "menu.yaml" });
  } catch (error) {
    throw new MenuError(error.reason ?? "not YAML");
  }
  if (!Array.isArray(document?.dishes)) throw new MenuError("dishes are missing");
  return document.dishes.map(({ name, price }) => ({ name: String(name), price: Number(price) }));
}
