import { escapeHtml } from "./escape.js";
import { draw } from "./draw.js";

const title = document.querySelector("#title");
const board = document.querySelector("#board");

// #position/name, as the share button writes it
function caption() {
  const raw = escapeHtml(location.hash.slice(1));
  const [position, ...words] = raw.split("/");
  return { position, name: decodeURIComponent(words.join("/")) };
}

function show() {
  const { position, name } = caption();
  title.innerHTML = name ? `Position: <em>${name}</em>` : "Position";
  draw(board, position);
}

window.addEventListener("hashchange", show);
show();
