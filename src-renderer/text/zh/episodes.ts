import type { Messages } from '../messages.ts';
import { formatNumber } from '../numbers.ts';

const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'CartPole-v1': ['向左推', '向右推'],
  'MountainCar-v0': ['向左加速', '滑行', '向右加速'],
  'Acrobot-v1': ['力矩 −1', '力矩 0', '力矩 +1'],
  'Pendulum-v1': ['力矩'],
  'LunarLander-v3': ['不动', '左侧引擎', '主引擎', '右侧引擎'],
  'LunarLanderContinuous-v3': ['主引擎', '侧引擎'],
};

export const episodes: Messages['episodes'] = {
  return: '回报',
  step: '步',
  seed: '种子',
  picture: (environment, step, earned) => `${environment}，第 ${step} 步，回报 ${earned}`,
  number: (value) => formatNumber(value, 4),
  action: (environment, index) => ACTIONS[environment]?.[index] ?? `动作 ${index}`,
  outputs: { 'action values': '策略的动作价值', logits: '策略的 logits', means: '策略的均值' },
  end: { terminated: '结束', truncated: '到达时限', cut: '录制结束' },
  play: '播放',
  pause: '暂停',
  back: '后退一步',
  forward: '前进一步',
  position: '回合的步数',
  speed: '速度',
  next: '下一个种子',
  loop: '接着播放下一个种子',
  loading: '正在演练该回合',
};
