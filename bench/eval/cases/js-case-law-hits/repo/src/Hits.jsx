import { useEffect, useState } from "react";

import { highlighted } from "./snippet.js";

function Hit({ hit }) {
  return (
    <li>
      <a href={`/decisions/${encodeURIComponent(hit.id)}`}>{hit.title}</a>
      <p dangerouslySetInnerHTML={{ __html: highlighted(hit.snippet) }} />
    </li>
  );
}

export function Hits({ query }) {
  const [hits, setHits] = useState([]);
  useEffect(() => {
    const stop = new AbortController();
    fetch(`/api/search?q=${encodeURIComponent(query)}`, { signal: stop.signal })
      .then((answer) => answer.json())
      .then(setHits, () => {});
    return () => stop.abort();
  }, [query]);
  return (
    <ol>
      {hits.map((hit) => (
        <Hit key={hit.id} hit={hit} />
      ))}
    </ol>
  );
}
