// Layers that are decided on, as options.
import type { Command } from 'commander';
import type { LayerChoice, LayerChoices } from '../../contract/recipe.ts';
import { collect, parseCount } from './parse-options.ts';
import { RecipeInvalidError } from './recipe-options.ts';

export interface LayerOptions {
  readonly layer: readonly string[];
  readonly lock: readonly string[];
  readonly multiple: number;
}

export function addLayerOptions(command: Command): Command {
  return command
    .option(
      '--layer <name=share>',
      'by hand: share that this layer loses, whatever the others do; repeatable',
      collect,
      [],
    )
    .option('--lock <name>', 'by hand: a layer that loses nothing; repeatable', collect, [])
    .option('--multiple <k>', 'by hand: layers keep a multiple of k units', parseCount, 1);
}

/** @throws RecipeInvalidError for what is no name and share, and for a layer that is named twice */
export function layersOf({ layer, lock }: Pick<LayerOptions, 'layer' | 'lock'>): LayerChoices {
  const choices: [string, LayerChoice][] = layer.map((text) => {
    const [name = '', share = ''] = text.split('=');
    const sparsity = Number(share);
    if (name === '' || share.trim() === '' || !Number.isFinite(sparsity)) {
      throw new RecipeInvalidError(`--layer ${text}`, 'give a name and a share, such as dense_1=0.5');
    }
    return [name, { sparsity }];
  });
  choices.push(...lock.map((name): [string, LayerChoice] => [name, 'locked']));
  const twice = choices.find(([name], i) => choices.findIndex(([other]) => other === name) < i);
  if (twice !== undefined) throw new RecipeInvalidError(twice[0], 'the layer is named twice; --layer or --lock, once');
  return Object.fromEntries(choices);
}
