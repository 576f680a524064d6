import type { Messages } from '../messages.ts';

export const palette: Messages['palette'] = {
  title: '命令',
  placeholder: '输入命令、项目或模型的名称',
  nothing: (query) => `没有名称类似“${query}”的内容。`,
  results: '结果',
  groups: { recent: '最近使用', commands: '命令', projects: '项目', models: '模型' },
  kinds: { command: '命令', project: '项目', model: '模型' },
  hints: { choose: '选择', run: '执行', close: '关闭' },
  commands: {
    palette: '显示所有命令',
    openFile: '从文件导入智能体',
    openSample: '打开示例智能体',
    newAgent: '训练新智能体',
    newAgentIn: (environment) => `为 ${environment} 训练新智能体`,
    goProjects: '前往项目',
    goJobs: '前往任务',
    goSettings: '前往设置',
    openRecent: (name) => `打开项目 ${name}`,
    undo: '撤销',
    themeLight: '主题：浅色',
    themeDark: '主题：深色',
    themeSystem: '主题：跟随系统',
    english: '语言：English（英语）',
    chinese: '语言：简体中文',
  },
};
