import { z } from "zod";

export const VolunteerChange = z.object({
  phone: z.string().regex(/^\+?[0-9 ]{6,20}$/).optional(),
  languages: z.array(z.enum(["de", "fr", "it", "en"])).max(4).optional(),
});

export type VolunteerChange = z.infer<typeof VolunteerChange>;
