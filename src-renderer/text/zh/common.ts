import type { Messages } from '../messages.ts';

export const common: Messages['common'] = {
  appName: 'Secateur',
  rail: { projects: '项目', jobs: '任务', settings: '设置', newAgent: '训练新智能体', palette: '命令' },
  undo: '撤销',
  dismiss: '关闭',
  cancel: '取消',
  retry: '重试',
  rename: '重命名',
  duplicate: '复制一份',
  delete: '删除',
  copy: '复制',
  copied: '已复制',
  more: '更多',
  loading: '载入中',
  measured: '实测',
  estimated: '估计',
  hostGone: 'Secateur 没有响应。已保存的内容是安全的；恢复后本页会自动继续。',
  hostRefused: { title: '此页面未获准进入', body: '请打开 `secateur serve` 打印的完整地址：# 之后的部分是密钥。' },
  chart: { menu: '保存此图', png: '保存为 PNG', svg: '保存为 SVG', csv: '保存为 CSV', copy: '复制为图片' },
  weights: (count) => `${count} 个权重`,
  neurons: (count) => `${count} 个神经元`,
};
