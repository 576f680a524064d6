// Models as the tree that they grew, against a walk that follows parents one by one.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineageOf, nameUnderRoot, unfolded } from '../../../src-renderer/state/lineage.ts';
import { sampleItem } from './sample-items.ts';

/** Each model's parent is an earlier one, or none. */
const families = fc.array(fc.nat(), { maxLength: 30 }).map((choices) =>
  choices.map((choice, index) => {
    const parent = choice % (index + 1);
    return sampleItem({ id: `m${index}`, parentId: parent === index ? null : `m${parent}` });
  }),
);

it('puts every model once, children after their parents, depth and root as the parents say', () => {
  fc.assert(
    fc.property(families, (items) => {
      const entries = lineageOf(items);
      expect(entries.map(({ id }) => id).sort()).toEqual(items.map(({ model }) => model.id).sort());
      const byId = new Map(items.map((item) => [item.model.id, item]));
      for (const [index, { id, item, depth, root, descendants }] of entries.entries()) {
        const line = [item];
        for (let parent = item.model.parentId; parent !== null; parent = line.at(-1)!.model.parentId)
          line.push(byId.get(parent)!);
        expect(depth).toBe(line.length - 1);
        expect(root).toBe(line.at(-1));
        const under = entries.slice(index + 1, index + 1 + descendants);
        const isUnder = (other: (typeof entries)[number]): boolean => {
          for (let parent = other.item.model.parentId; parent !== null; parent = byId.get(parent)!.model.parentId) {
            if (parent === id) return true;
          }
          return false;
        };
        expect(under).toEqual(entries.filter(isUnder));
      }
    }),
  );
});

it('siblings know their place', () => {
  const items = [sampleItem({ id: 'root' }), ...['a', 'b', 'c'].map((id) => sampleItem({ id, parentId: 'root' }))];
  expect(lineageOf(items).map(({ id, position, siblings }) => [id, position, siblings])).toEqual([
    ['root', 1, 1],
    ['a', 1, 3],
    ['b', 2, 3],
    ['c', 3, 3],
  ]);
});

it('a model whose parent was deleted begins a line of its own, and is still one that was pruned', () => {
  const entries = lineageOf([
    sampleItem({ id: 'orphan', parentId: 'gone', nonzero: 25 }),
    sampleItem({ id: 'child', parentId: 'orphan' }),
  ]);
  expect(entries.map(({ id, depth, origin }) => [id, depth, origin])).toEqual([
    ['orphan', 0, 'pruned'],
    ['child', 1, 'pruned'],
  ]);
});

it('sparsity and return are against the first of the line', () => {
  const entries = lineageOf([
    sampleItem({ id: 'dense', weights: 1000, mean: -100, worst: -200, imported: true }),
    sampleItem({ id: 'masked', parentId: 'dense', weights: 1000, nonzero: 100, mean: -110 }),
    sampleItem({ id: 'compact', parentId: 'masked', weights: 50, nonzero: 50, mean: -150 }),
    sampleItem({ id: 'unmeasured', parentId: 'dense', weights: 1000 }),
    sampleItem({ id: 'trained', weights: 10, nonzero: 1, mean: 5 }),
  ]);
  expect(entries.map(({ id, sparsity, kept, origin }) => [id, sparsity, kept, origin])).toEqual([
    ['dense', 0, null, 'imported'],
    ['masked', 0.9, 0.9, 'pruned'],
    ['compact', 0.95, 0.5, 'pruned'],
    ['unmeasured', 0, null, 'pruned'],
    ['trained', 0.9, null, 'trained'],
  ]);
});

it('what is under a collapsed model is not shown, and nothing else is missing', () => {
  fc.assert(
    fc.property(families, fc.array(fc.nat(29)), (items, folded) => {
      const collapsed = new Set(folded.map((index) => `m${index}`));
      const entries = lineageOf(items);
      const byId = new Map(items.map(({ model }) => [model.id, model]));
      const hidden = (id: string): boolean => {
        const { parentId } = byId.get(id)!;
        return parentId !== null && (collapsed.has(parentId) || hidden(parentId));
      };
      const shown = unfolded(entries, (id) => collapsed.has(id)).map(({ id }) => id);
      expect(shown).toEqual(entries.map(({ id }) => id).filter((id) => !hidden(id)));
    }),
  );
});

it('a line of ten thousand generations is no deeper than the stack', () => {
  const items = Array.from({ length: 10_000 }, (_, index) =>
    sampleItem({ id: `m${index}`, parentId: index === 0 ? null : `m${index - 1}` }),
  );
  const entries = lineageOf(items);
  expect(entries.at(-1)).toMatchObject({ depth: 9999, descendants: 0 });
  expect(entries[0]).toMatchObject({ descendants: 9999 });
});

it('leaves out of a name what its root says already', () => {
  const [root, child, other] = lineageOf([
    sampleItem({ id: 'r', name: 'agent' }),
    sampleItem({ id: 'c', parentId: 'r', name: 'agent, 90 % of the weights pruned' }),
    sampleItem({ id: 'o', parentId: 'r', name: 'agent two' }),
  ]);
  expect([root!, child!, other!].map(nameUnderRoot)).toEqual(['agent', '90 % of the weights pruned', 'agent two']);
});
