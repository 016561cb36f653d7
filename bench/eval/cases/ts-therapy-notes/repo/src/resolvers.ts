import { GraphQLError } from "graphql";

import { mine } from "./policy";
import { notes, patients } from "./tables";
import type { Viewer } from "./viewer";

interface Context {
  viewer: Viewer;
}

// for the client's cache, which refetches by node id
const LOADERS = { Note: (id: number) => notes.byId(id), Patient: (id: number) => patients.byId(id) };

export const resolvers = {
  Query: {
    note: async (_: unknown, { id }: { id: number }, { viewer }: Context) => mine(viewer, await notes.byId(id)),
    patient: async (_: unknown, { id }: { id: number }, { viewer }: Context) => mine(viewer, await patients.byId(id)),
    node: async (_: unknown, { id }: { id: string }, { viewer }: Context) => {
      if (!viewer) throw new GraphQLError("sign in first");
      const [type, number] = id.split(":");
      const load = LOADERS[type as keyof typeof LOADERS];
      if (!load) throw new GraphQLError("unknown type");
      return { __typename: type, ...(await load(Number(number))) };
    },
  },
};
