import { GraphQLError } from "graphql";

import type { Viewer } from "./viewer";

export interface Owned {
  therapistId: number;
}

export function mine<T extends Owned>(viewer: Viewer, item: T | undefined): T {
  if (!item || item.therapistId !== viewer.id) throw new GraphQLError("not found");
  return item;
}
