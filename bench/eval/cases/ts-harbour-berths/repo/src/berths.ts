import { Prisma, type PrismaClient } from "@prisma/client";

export type Column = "number" | "length" | "free_from";

export interface Berth {
  number: string;
  length: number;
}

/** Free berths, in the order of one of their columns. */
export function freeBerths(db: PrismaClient, length: number, order: Column): Promise<Berth[]> {
  return db.$queryRaw<Berth[]>(Prisma.sql`
    SELECT number, length FROM berths
     WHERE length >= ${length} AND free_from <= now()
     ORDER BY ${Prisma.raw(order)}`);
}
