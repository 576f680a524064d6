import type { Messages } from '../messages.ts';

export const jobs: Messages['jobs'] = {
  title: '任务',
  kinds: { train: '训练', prune: '剪枝', evaluate: '评估', export: '导出', import: '导入' },
  pieces: {
    weight: '权重',
    neuron: '神经元',
    channel: '通道',
    unit: '隐藏单元',
    pattern: (pattern) => `${pattern} 模式的权重`,
  },
  titles: {
    train: (algorithm, environment) => `在 ${environment} 上训练 ${algorithm}`,
    trainSparse: (algorithm, environment, share) => `在 ${environment} 上训练 ${algorithm}，稀疏度 ${share}`,
    pruneToReturn: (piece, share) => `剪除${piece}，保留 ${share} 的回报`,
    pruneToCost: (piece, most) => `剪除${piece}，至多 ${most}`,
    pruneShare: (piece, share) => `剪除 ${share} 的${piece}`,
    pruneBelow: (piece, threshold) => `剪除得分不超过 ${threshold} 的${piece}`,
    evaluate: { test: '在测试种子上评估', validation: '在验证种子上评估' },
    export: (formats) => `导出为 ${formats}`,
  },
  standings: {
    waiting: '等待中',
    going: '运行中',
    pausing: '正在暂停',
    paused: '已暂停',
    stopping: '正在停止',
    cancelling: '正在取消',
    elsewhere: '在别处运行',
    finished: '已完成',
    failed: '失败',
    cancelled: '已取消',
    interrupted: '已中断',
  },
  left: (time) => `还剩 ${time}`,
};
