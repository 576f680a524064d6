// 引擎用英语说出的阶段与单位，译成中文；没有预见到的原样保留。

const PURPOSES: Readonly<Record<string, string>> = { train: '训练', validation: '验证', test: '测试' };
const PIECES: Readonly<Record<string, string>> = { weights: '权重', neurons: '神经元' };
const WHO: Readonly<Record<string, string>> = {
  'the dense policy': '稠密策略',
  'the pruned policy': '剪枝后的策略',
  'the model': '模型',
  'the baseline': '基线',
};
const HEALING: Readonly<Record<string, string>> = {
  distilling: '蒸馏',
  evolving: '进化',
  'Policy distillation': '策略蒸馏',
  'RL fine-tuning': '强化学习微调',
  'Evolution strategies': '进化策略',
};

const named = (names: Readonly<Record<string, string>>, name: string): string => names[name] ?? name;

const patterns: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^training on (.+)$/, (environment) => `在 ${environment} 上训练`],
  [
    /^(.+) on (train|validation|test) seeds$/,
    (who, purpose) => `在${named(PURPOSES, purpose)}种子上评估${named(WHO, who)}`,
  ],
  [
    /^([\d.]+) % of the (\S+) removed: (.+)$/,
    (share, pieces, healing) => `已移除 ${share} % 的${named(PIECES, pieces)}：${named(HEALING, healing)}`,
  ],
  [/^(.+) beside pruning$/, (healing) => `与剪枝同时进行：${named(HEALING, healing)}`],
  [/^sensitivity: (.+)$/, (what) => `敏感度：${what}`],
  [/^Shapley values of (.+)$/, (layer) => `${layer} 的 Shapley 值`],
  [/^rung (\d+) of (\d+)$/, (rung, rungs) => `第 ${rung} 轮，共 ${rungs} 轮`],
  [/^exporting (.+)$/, (format) => `正在导出 ${format}`],
];

export function stageInChinese(stage: string): string {
  for (const [pattern, translate] of patterns) {
    const found = pattern.exec(stage);
    if (found !== null) return translate(...found.slice(1));
  }
  return stage;
}

const UNITS: Readonly<Record<string, string>> = {
  steps: '步',
  updates: '次更新',
  generations: '代',
  episodes: '回合',
  looks: '次检查',
  trials: '次试验',
  formats: '种格式',
  policies: '个策略',
  percent: '%',
};

export const unitInChinese = (unit: string): string => named(UNITS, unit);
