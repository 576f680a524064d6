import type { Texts } from './texts.ts';

export const chinese: Texts = {
  menu: {
    file: '文件(&F)',
    openFile: '导入…',
    export: '导出…',
    quit: '退出 Secateur',
    edit: '编辑(&E)',
    view: '视图(&V)',
    palette: '命令面板…',
    settings: '设置…',
    window: '窗口(&W)',
    help: '帮助(&H)',
    shortcuts: '键盘快捷键',
    about: '关于 Secateur',
  },
  closing: {
    message: (runs) => `还有 ${runs} 个任务正在运行。`,
    detail: '转入后台后,任务全部完成时 Secateur 会自行退出。取消的任务不会留下任何结果。',
    background: '在后台继续运行',
    stop: '停止并保留已有结果',
    cancel: '取消任务',
    stay: '不关闭',
  },
  tray: {
    running: (runs) => `Secateur:${runs} 个任务`,
    show: '打开 Secateur',
    quit: '退出…',
  },
  crash: {
    message: '窗口页面反复崩溃。',
    detail: (reason) => `任务仍在继续,不会丢失任何内容。页面进程再次结束:${reason}。`,
    reload: '重新加载',
    quit: '退出',
  },
};
