import { html, put } from "./html.js";

const params = new URLSearchParams(location.search);
const place = params.get("place") ?? "";

async function find() {
  const answer = await fetch(`/api/trails?place=${encodeURIComponent(place)}`);
  const trails = await answer.json();
  put(
    document.querySelector("main"),
    html`<h1>Trails near ${place}</h1>
      <ol title="${place}">
        ${trails.map((trail) => html`<li><a href="/trails/${trail.id}">${trail.name}</a></li>`)}
      </ol>`,
  );
}

find();
