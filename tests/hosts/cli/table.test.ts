// Columns that line up.
import { expect, it } from 'vitest';
import { renderTable } from '../../../src-main/hosts/cli/table.ts';

it('lines up text on the left and numbers on the right', () => {
  expect(
    renderTable(
      [{ title: 'layer' }, { title: 'n', align: 'right' }],
      [
        ['a', '1000'],
        ['dense_1', '2'],
      ],
    ),
  ).toEqual(['layer       n', '───────  ────', 'a        1000', 'dense_1     2']);
});
