// Settings that are known to work, of all algorithms. The first of an environment is the one to offer.
import type { Template } from '../../contract/catalogue.ts';
import { gymnasiumName, isGymnasiumId } from '../../contract/gymnasium-id.ts';
import type { EnvironmentDefinition } from '../environments/environment.ts';
import { Registry } from '../registry.ts';
import { dqnTemplates, dqnTemplateFor } from './dqn/config.ts';
import { policyGradientTemplates, policyGradientTemplatesFor } from './policy-gradient/config.ts';

export const templates = new Registry<Template>('template', [...dqnTemplates.all, ...policyGradientTemplates]);

/**
 * What is published for an environment, also when it is the one of Gymnasium with that name; for one that nothing is
 * published for, what usually works on such observations and actions.
 */
export function templatesFor(environment: EnvironmentDefinition): Template[] {
  const { id } = environment;
  const named = (name: string): Template[] => templates.all.filter((template) => template.environment === name);
  if (!isGymnasiumId(id)) return named(id);
  const published = named(gymnasiumName(id));
  if (published.length > 0) return published.map((template) => ({ ...template, environment: id }));
  return [...dqnTemplateFor(environment), ...policyGradientTemplatesFor(environment)];
}
