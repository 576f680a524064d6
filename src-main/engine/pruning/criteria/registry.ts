// The known criteria. A new one is its file and a line here.
import { Registry } from '../../registry.ts';
import { activity } from './activity.ts';
import { apoz } from './apoz.ts';
import { bypass } from './bypass.ts';
import type { Criterion } from './criterion.ts';
import { dormancy } from './dormancy.ts';
import { fisher } from './fisher.ts';
import { fpgm } from './fpgm.ts';
import { groupNorm } from './group-norm.ts';
import { informationGain } from './information-gain.ts';
import { l1 } from './l1.ts';
import { l2 } from './l2.ts';
import { lamp } from './lamp.ts';
import { movement } from './movement.ts';
import { normProduct } from './norm-product.ts';
import { random } from './random.ts';
import { sensitivity } from './sensitivity.ts';
import { shapleyReturn } from './shapley-return.ts';
import { shapley } from './shapley.ts';
import { snip } from './snip.ts';
import { taylor } from './taylor.ts';
import { wandaLamp } from './wanda-lamp.ts';
import { wanda } from './wanda.ts';

export const criteria = new Registry<Criterion>('criterion', [
  l1,
  l2,
  random,
  lamp,
  wanda,
  wandaLamp,
  snip,
  taylor,
  fisher,
  movement,
  normProduct,
  groupNorm,
  fpgm,
  activity,
  sensitivity,
  apoz,
  dormancy,
  informationGain,
  shapley,
  shapleyReturn,
  bypass,
]);
