export interface Exhibit {
  id: number;
  title: string;
}

const BASE = process.env.MUSEUM_API ?? "https://api.museum.example";

export async function exhibits(): Promise<Exhibit[]> {
  const answer = await fetch(`${BASE}/exhibits`, { signal: AbortSignal.timeout(5000) });
  if (!answer.ok) throw new Error(`museum: ${answer.status}`);
  return (await answer.json()) as Exhibit[];
}
