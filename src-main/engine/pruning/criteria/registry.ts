// The known criteria. A new one is its file and a line here.
import { Registry } from '../../registry.ts';
import { activity } from './activity.ts';
import type { Criterion } from './criterion.ts';
import { l1 } from './l1.ts';
import { l2 } from './l2.ts';
import { lamp } from './lamp.ts';
import { normProduct } from './norm-product.ts';
import { random } from './random.ts';
import { wandaLamp } from './wanda-lamp.ts';

export const criteria = new Registry<Criterion>('criterion', [l1, l2, random, lamp, wandaLamp, normProduct, activity]);
