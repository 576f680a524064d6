// The recipe as JSON Schema, for editors and other software.
import { z } from 'zod';
import { recipeSchema } from './recipe.ts';

/** The text of resources/recipe.schema.json. */
export function recipeJsonSchema(): string {
  const schema = { title: 'Secateur recipe', ...z.toJSONSchema(recipeSchema, { io: 'input' }) };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
