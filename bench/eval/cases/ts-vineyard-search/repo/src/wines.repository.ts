import { PrismaClient } from "@prisma/client";

export interface Wine {
  id: number;
  name: string;
  year: number;
}

export class WineRepository {
  constructor(private readonly prisma: PrismaClient) {}

  /** Raw SQL: Prisma cannot do ILIKE with a year that may be missing. */
  async search(term: string, year: number | null): Promise<Wine[]> {
    const pattern = `%${term}%`;
    const found: Wine[] = await this.prisma.$queryRaw`
      SELECT id, name, year FROM wines
       WHERE name ILIKE ${pattern} AND (${year}::int IS NULL OR year = ${year})
       ORDER BY year DESC LIMIT 50`;
    return found;
  }
}
