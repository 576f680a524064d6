// The algorithms that can be trained, with the schemas of their settings.
import type { z } from 'zod';
import type { Template } from '../../src-main/contract/catalogue.ts';
import { dqnConfigSchema } from '../../src-main/contract/dqn.ts';
import { a2cConfigSchema, ppoConfigSchema } from '../../src-main/contract/policy-gradient.ts';

export type Algorithm = Template['algorithm'];

const schemas: Readonly<Record<Algorithm, z.ZodObject>> = {
  dqn: dqnConfigSchema,
  ppo: ppoConfigSchema,
  a2c: a2cConfigSchema,
};

/** The schema of every setting, by its name, in the order of the contract. */
export function settingsOf(algorithm: Algorithm): Readonly<Record<string, z.core.$ZodType>> {
  return schemas[algorithm].shape;
}
