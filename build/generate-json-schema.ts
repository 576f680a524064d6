// Writes resources/recipe.schema.json, which describes recipes to editors and other software.
import { writeFileSync } from 'node:fs';
import { recipeJsonSchema } from '../src-main/contract/recipe-json-schema.ts';

writeFileSync(new URL('../resources/recipe.schema.json', import.meta.url), recipeJsonSchema());
