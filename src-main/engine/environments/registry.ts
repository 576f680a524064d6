// The environments by name: a new one is its file and a line here.
import { Registry } from '../registry.ts';
import { acrobot } from './acrobot.ts';
import { cartPole } from './cart-pole.ts';
import { lunarLander, lunarLanderContinuous } from './lunar-lander/lunar-lander.ts';
import { minatar } from './minatar/minatar.ts';
import { mountainCar } from './mountain-car.ts';
import { pendulum } from './pendulum.ts';

export const environments = new Registry('environment', [
  cartPole,
  mountainCar,
  acrobot,
  pendulum,
  lunarLander,
  lunarLanderContinuous,
  ...minatar,
]);
