// Settings that are known to work, of all algorithms. The first of an environment is the one to offer.
import type { Template } from '../../contract/catalogue.ts';
import { Registry } from '../registry.ts';
import { dqnTemplates } from './dqn/config.ts';
import { policyGradientTemplates } from './policy-gradient/config.ts';

export const templates = new Registry<Template>('template', [...dqnTemplates.all, ...policyGradientTemplates]);
