import type { Messages } from '../messages.ts';

export const search: Messages['search'] = {
  offer: {
    title: '或者让它寻找最好的方法',
    text: (trials, time) =>
      `搜索会为此目标尝试 ${trials} 种剪枝方法：权重、单元、两者兼用以及整层，多种准则与剪枝量。差的尽早放弃，好的得到更长的恢复与测量，最多用 ${time}；自动方法在最后参加。`,
    start: '开始搜索',
  },
  chart: '回报与代价',
  chartNote: (episodes) =>
    `目前为止的每次试验。连线上是最远一轮中不被任何试验胜过的那些；该轮共有 ${episodes} 个验证回合。`,
  front: '前沿',
  chosen: '已选定',
  furthest: '最远一轮',
  earlier: '之前各轮',
  asked: (what) => `要求：${what}`,
  axis: { return: '剩余权重', bytes: '模型文件（字节）', latency: '决策时间（µs）' },
  returnAxis: '平均回报',
  table: '试验',
  tableNote: '在验证回合上测得；最远一轮在前。',
  columns: {
    trial: '试验',
    how: '方法',
    weights: '权重',
    bytes: '文件',
    latency: '决策时间',
    return: '回报，95% 区间',
    kept: '保留',
  },
  automatic: '自动',
  make: '制成模型',
  makeHint: '按此试验剪枝，在测试回合上测量，并保存为模型',
  made: '运行已开始',
  none: '还没有完成的试验',
  noneText: '几秒内就会出现第一批：第一轮不做任何恢复。',
  noneEver: '在第一次试验完成之前就结束了。',
  outcome: {
    trials: (finished, time, processes) => `用时 ${time}，完成 ${finished} 次试验，同时进行 ${processes} 次。`,
    entered: (entered, possible, last, front) =>
      `${possible} 种剪枝方法中有 ${entered} 种参加，${last} 次试验进入最后一轮，其中 ${front} 次不被任何试验胜过。`,
    failed: (failed) => `${failed} 次试验失败，原因见表。`,
    cut: {
      time: '时间在全部试完之前用尽：给更多时间，答案可能不同。',
      stop: '在全部试完之前被停止：这是到那时为止找到的最好结果。',
    },
    missed: '没有试验达到要求；这一个最接近。',
    help: (advice) => `可以尝试：${advice}。`,
    or: '；或',
  },
  advice: {
    'ask-less': {
      return: (reached) => `只要求保留 ${reached} 的回报，这已经达到`,
      bytes: (reached) => `允许 ${reached}，这已经达到`,
      latency: (reached) => `允许 ${reached}，这已经达到`,
    },
    'heal-longer': (updates) => `恢复超过 ${updates} 次更新`,
    'remove-less': (share) => `尝试低于 ${share} 的剪枝量`,
    'remove-more': (share) => `尝试高于 ${share} 的剪枝量`,
    'remove-units': '移除整个单元：零与其他权重占用同样的空间',
    'try-more': (tried, possible) => `在 ${possible} 种剪枝方法中尝试多于 ${tried} 种`,
    'more-time': '给它更多时间',
  },
};
