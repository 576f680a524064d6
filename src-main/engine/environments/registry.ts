// The environments by name: a new one is its file and a line here. Options behind the name wrap it. A worker adds those
// that live in a Python.
import { environmentName, environmentOptions } from '../../contract/environment-id.ts';
import { Registry } from '../registry.ts';
import { acrobot } from './acrobot.ts';
import { cartPole } from './cart-pole.ts';
import type { EnvironmentDefinition } from './environment.ts';
import { lunarLander, lunarLanderContinuous } from './lunar-lander/lunar-lander.ts';
import { minatar } from './minatar/minatar.ts';
import { mountainCar } from './mountain-car.ts';
import { pendulum } from './pendulum.ts';
import { wrap } from './wrappers/wrap.ts';

class Environments extends Registry<EnvironmentDefinition> {
  /**
   * "CartPole-v1?stack=4" is CartPole-v1, wrapped.
   * @throws UnknownNameError, EnvironmentOptionError
   */
  override get(id: string): EnvironmentDefinition {
    const name = environmentName(id);
    return name === id || this.ids.includes(id) ? super.get(id) : wrap(id, super.get(name), environmentOptions(id));
  }
}

export const environments = new Environments('environment', [
  cartPole,
  mountainCar,
  acrobot,
  pendulum,
  lunarLander,
  lunarLanderContinuous,
  ...minatar,
]);
