// Every setting that can be typed has a name and an explanation, in every language; so has every stage of a run.
import { describe, expect, it } from 'vitest';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { settingsOf } from '../../../src-renderer/state/algorithms.ts';
import { partsOf } from '../../../src-renderer/state/setting-fields.ts';
import { training as en } from '../../../src-renderer/text/en/training.ts';
import { stageInChinese } from '../../../src-renderer/text/zh/stages.ts';
import { training as zh } from '../../../src-renderer/text/zh/training.ts';

const settings = (['dqn', 'ppo', 'a2c'] as const).flatMap((algorithm) => Object.entries(settingsOf(algorithm)));
const names = [
  ...new Set(
    settings.flatMap(([name, schema]) => [
      name,
      ...Object.keys(partsOf(schema) ?? {}).map((part) => `${name}.${part}`),
    ]),
  ),
];

describe.each([
  ['English', en.settings],
  ['Chinese', zh.settings],
])('%s', (_, settings) => {
  it.each(names)('%s is explained', (name) => {
    expect(settings[name]?.label).toBeTruthy();
    expect(settings[name]?.hint).toBeTruthy();
  });

  it('says nothing of settings that do not exist', () => {
    expect(Object.keys(settings).filter((name) => !names.includes(name))).toEqual([]);
  });
});

it('every environment is described in Chinese', () => {
  const undescribed = environments.all.filter(
    ({ id, description }) => zh.environmentText(id, description) === description,
  );
  expect(undescribed.map(({ id }) => id)).toEqual([]);
});

it.each([
  ['training on CartPole-v1', '在 CartPole-v1 上训练'],
  ['the dense policy on validation seeds', '在验证种子上评估稠密策略'],
  ['99.95 % of the weights removed: distilling', '已移除 99.95 % 的权重：蒸馏'],
  ['Policy distillation beside pruning', '与剪枝同时进行：策略蒸馏'],
  ['exporting ONNX', '正在导出 ONNX'],
  ['something that nobody has foreseen', 'something that nobody has foreseen'],
])('the stage "%s" is said in Chinese', (stage, chinese) => {
  expect(stageInChinese(stage)).toBe(chinese);
});
