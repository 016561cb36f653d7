import { XMLParser } from "fast-xml-parser";

export interface Point {
  at: string;
  altitude: number;
}

// older balloons write entities
const parser = new XMLParser({ ignoreAttributes: false, processEntities: true, attributeNamePrefix: "" });

export class TelemetryError extends Error {}

export function points(text: string): Point[] {
  if (/<!DOCTYPE/i.test(text)) throw new TelemetryError("no DOCTYPE, please");
  const root = parser.parse(text) as { flight?: { point?: Record<string, string>[] } };
  const found = root.flight?.point ?? [];
  return [found].flat().map((point) => ({ at: String(point.at), altitude: Number(point.altitude) }));
}
