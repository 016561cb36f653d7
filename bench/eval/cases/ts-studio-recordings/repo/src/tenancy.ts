import { PrismaClient } from "@prisma/client";

const base = new PrismaClient();

/** A client that sees the rows of one owner only. */
export function clientFor(ownerId: string | undefined) {
  if (!ownerId) throw new Error("sign in first");
  return base.$extends({
    query: {
      recording: {
        $allOperations({ args, query, operation }) {
          if (!["findFirst", "findMany", "deleteMany"].includes(operation)) {
            throw new Error(`${operation} is not for tenants`);
          }
          const asked = args as { where?: object };
          return query({ ...asked, where: { ...asked.where, ownerId } });
        },
      },
    },
  });
}
