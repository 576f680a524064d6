import type { Messages } from '../messages.ts';

export const methods: Messages['methods'] = {
  'criterion l1': { name: 'L1 幅值', explanation: '接近零的权重对任何输出贡献都很小，因此最小者最先剪除。' },
  'criterion l2': { name: 'L2 幅值', explanation: '类似 L1，但拥有一个强连接的单元排在拥有许多弱连接的单元之前。' },
  'criterion random': { name: '随机', explanation: '随机剪除：其他准则都必须超过的基线。' },
  'criterion lamp': { name: 'LAMP', explanation: '相对于本层剩余部分的幅值，使小层不会最先被清空。' },
  'criterion wanda': { name: 'Wanda', explanation: '权重在策略访问的状态中贡献多少：其大小乘以所读输入的大小。' },
  'criterion wanda-lamp': { name: '活动 LAMP', explanation: '不只看大小，而是按每个权重在访问状态中的贡献计算 LAMP。' },
  'criterion snip': {
    name: 'SNIP',
    explanation: '若该权重为零，平均损失一阶近似会变化多少；不同状态的影响可能相互抵消。',
  },
  'criterion taylor': { name: '泰勒', explanation: '若该权重或单元为零，平均状态下损失一阶近似会变化多少。' },
  'criterion fisher': { name: 'Fisher', explanation: '策略处于最优时，若该权重为零，损失二阶近似会变化多少。' },
  'criterion movement': { name: '移动', explanation: '在恢复过程中远离零的权重更重要，向零移动的先剪除。' },
  'criterion norm-product': {
    name: '范数乘积',
    explanation: '单元被驱动的强度乘以它驱动别人的强度；ReLU 单元一侧放大、另一侧缩小不改变得分。',
  },
  'criterion group-norm': { name: '组范数', explanation: '随单元一起消失的全部连接的大小：进入它的和离开它的。' },
  'criterion fpgm': { name: '几何中位数', explanation: '单元离同层其他单元有多远：处于中间的可被它们替代。' },
  'criterion activity': { name: '活动度', explanation: '单元在访问状态中变化多少，乘以它驱动下一层的强度。' },
  'criterion sensitivity': { name: '敏感度', explanation: '平均状态的损失有多依赖该单元的输出。' },
  'criterion apoz': { name: 'APoZ', explanation: 'ReLU 单元在访问状态中被激活的比例。' },
  'criterion dormancy': {
    name: '休眠度',
    explanation: '单元相对同层其他单元的平均活跃程度；阈值 0.025 移除所谓休眠单元。',
  },
  'criterion information-gain': {
    name: '信息增益',
    explanation: '知道单元输出后能得知多少关于动作的信息；它只在同一层内排序，请使用均匀分配。',
  },
  'criterion shapley': {
    name: 'Shapley 值',
    explanation: '同层单元按随机顺序加入时，该单元平均为与稠密策略的一致性增加多少。',
  },
  'criterion shapley-return': {
    name: '回报的 Shapley 值',
    explanation: '同层单元按随机顺序加入时，该单元平均为保持的稠密回报比例增加多少。',
  },
  'granularity weight': { name: '权重', explanation: '在影响最小处剪断单个连接。' },
  'granularity neuron': { name: '神经元', explanation: '连同全部连接移除整个隐藏神经元：在任何地方都更小、更快。' },
  'granularity channel': { name: '通道', explanation: '移除整个卷积通道以及读取它的部分；准则看各位置的平均。' },
  'granularity hybrid': {
    name: '先单元，后权重',
    explanation: '先按准则排名移除整个神经元与通道，再用 LAMP 剪除剩余部分的单个权重；剪除量按权重计算。',
  },
  'criterion bypass': {
    name: '缺它时的决策',
    explanation: '若仅将该层换成最接近它的线性映射，在访问过的状态中有多少决策会改变。',
  },
  'granularity layer': {
    name: '隐藏层',
    explanation:
      '整个隐藏层被在访问状态中最接近它的仿射映射取代，再并入下一层：W′ = A·W。剪除量是隐藏层的比例，至少保留一层。',
  },
  'granularity unit': { name: '神经元与通道', explanation: '全连接层的神经元与卷积的通道，放在同一排名中。' },
  'granularity 2:4': {
    name: '权重，2:4',
    explanation:
      '无论剪除多少，单元的每 4 个连续输入中最多保留 2 个连接；任意 N:M 均可。不会切除任何单元，使模式保持成立。',
  },
  'allocation uniform': { name: '均匀', explanation: '每层失去相同比例。' },
  'allocation global': { name: '全局', explanation: '整个网络使用同一阈值：不重要的层失去更多。' },
  'allocation erk': { name: 'Erdős–Rényi 核', explanation: '小层比大层保持更稠密：密度随每个连接端的权重数下降。' },
  'allocation lamp': { name: 'LAMP', explanation: '按层自适应得分决定每层的比例，与准则无关。' },
  'allocation sensitivity': { name: '按敏感度', explanation: '先单独剪每一层并测量回报，让损失最小的层承担最多。' },
  'schedule one-shot': { name: '一次完成', explanation: '一次剪完，然后恢复。' },
  'schedule iterative': { name: '迭代', explanation: '每轮移除剩余部分的相同比例，下一轮之前先恢复。' },
  'schedule polynomial': { name: '多项式', explanation: '余量多时快，接近目标时越来越慢。' },
  'topology static': { name: '固定', explanation: '最初存在的权重就是学习的权重，不会有其他权重加入。' },
  'topology set': { name: 'SET', explanation: '每隔一段时间，每层最小的权重让位给同样多的、随机抽取的其他权重。' },
  'topology rigl': {
    name: 'RigL',
    explanation: '每隔一段时间，每层最小的权重让位给同样多的其他权重：损失对其梯度最大的那些。',
  },
  'recovery none': { name: '不恢复', explanation: '保持剪枝后的网络不变。' },
  'recovery distill': { name: '策略蒸馏', explanation: '稠密父网络在学生访问的状态中给出答案，学生据此学习。' },
  'recovery fine-tune': {
    name: '强化学习微调',
    explanation: '剪枝后的智能体继续游玩并从自己的回报中学习，被剪部分保持为零。',
  },
  'recovery redo': {
    name: '微调并回收休眠单元',
    explanation: '像强化学习微调一样，并让在其层中几乎沉默的单元重新开始；仅用于 DQN。',
  },
  'recovery evolve': {
    name: '进化策略',
    explanation: '对剩余权重做小的随机改变并实际运行，网络朝回报更高的方向移动。',
  },
};
