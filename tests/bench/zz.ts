import { study } from './pruning/study.ts';
const t = performance.now();
await study((f, left) => { console.log(((performance.now()-t)/1000).toFixed(0), left, f.agent, f.granularity, f.criterion, f.seed, f.scoringSeconds?.toFixed(2), f.pruned.map(p => `${p.sparsity}${p.recovery[0]}:${p.kept.toFixed(2)}`).join(' ')); });
