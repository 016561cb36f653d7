import jwt from "jsonwebtoken";

import { key } from "./key";

const KEY = key(process.env);

export interface Nurse {
  id: string;
  ward: string;
}

export function issue(nurse: Nurse): string {
  return jwt.sign({ ward: nurse.ward }, KEY, { subject: nurse.id, expiresIn: "8h", algorithm: "HS256" });
}

export function read(token: string): Nurse {
  const claims = jwt.verify(token, KEY, { algorithms: ["HS256"] }) as jwt.JwtPayload;
  return { id: claims.sub ?? "", ward: String(claims.ward) };
}
