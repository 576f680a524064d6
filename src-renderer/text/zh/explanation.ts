import type { Messages } from '../messages.ts';

/** 环境用英语称呼的观测量；没有列出的原样保留。 */
const NAMES: Readonly<Record<string, string>> = {
  'cart position': '小车位置',
  'cart velocity': '小车速度',
  'pole angle': '杆角度',
  'pole angular velocity': '杆角速度',
  position: '位置',
  velocity: '速度',
  angle: '角度',
  'angular velocity': '角速度',
  'cosine of the angle': '角度余弦',
  'sine of the angle': '角度正弦',
  'cosine of the upper angle': '上杆角度余弦',
  'sine of the upper angle': '上杆角度正弦',
  'cosine of the lower angle': '下杆角度余弦',
  'sine of the lower angle': '下杆角度正弦',
  'angular velocity of the upper link': '上杆角速度',
  'angular velocity of the lower link': '下杆角速度',
  x: 'x 坐标',
  y: 'y 坐标',
  'velocity in x': 'x 方向速度',
  'velocity in y': 'y 方向速度',
  'left leg on the ground': '左腿着地',
  'right leg on the ground': '右腿着地',
};

export const explanation: Messages['explanation'] = {
  inputName: (name) => NAMES[name] ?? name,
  input: (index) => `输入 ${index}`,
  named: (name, index) => `${name}（输入 ${index}）`,
  list: (names) => names.join('、'),
  more: (count) => `另外 ${count} 个`,
  constantAction: '无论观测到什么，它总是做同样的动作。',
  unread: (names, rest, all) => `它不再关注${names}；${all} 个输入中只有 ${rest} 个起作用。`,
  constantLayers: (names) => `无论观测到什么，输出都不变的层：${names}。`,
  zeros: (share) =>
    `剩余权重中有 ${share} 是层内的零。ONNX 和 TensorFlow.js 文件会保留它们，大多数运行时照样与之相乘；移除整个单元才能让文件处处更小、更快。`,
};
