// The environments by name: a new one is its file and a line here. A worker adds those that live in a Python.
import { Registry } from '../registry.ts';
import { acrobot } from './acrobot.ts';
import type { EnvironmentDefinition } from './environment.ts';
import { cartPole } from './cart-pole.ts';
import { lunarLander, lunarLanderContinuous } from './lunar-lander/lunar-lander.ts';
import { minatar } from './minatar/minatar.ts';
import { mountainCar } from './mountain-car.ts';
import { pendulum } from './pendulum.ts';

export const environments = new Registry<EnvironmentDefinition>('environment', [
  cartPole,
  mountainCar,
  acrobot,
  pendulum,
  lunarLander,
  lunarLanderContinuous,
  ...minatar,
]);
