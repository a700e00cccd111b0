import { SERVICES } from '@bayway/contracts';
import { JURISDICTIONS } from '@bayway/domain';
import { z } from 'zod';

/** One service of Bayway that the landing page leads to: whose it is, where it answers, beside which holder. */
export const ServiceLink = z.strictObject({
  jurisdiction: z.enum(JURISDICTIONS),
  service: z.enum(SERVICES),
  url: z.url({ protocol: /^https?$/ }).max(200),
  /** Of a connector: the holder it stands beside. */
  address: z.string().min(1).max(40).optional(),
});
export type ServiceLink = z.infer<typeof ServiceLink>;

/** Everything the landing page leads to. */
export type Links = Readonly<{
  bank: string;
  mailbox: string;
  cities: string;
  services: readonly ServiceLink[];
}>;
