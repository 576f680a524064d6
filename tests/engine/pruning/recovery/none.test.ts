import { expect, it } from 'vitest';
import { none } from '../../../../src-main/engine/pruning/recovery/none.ts';
import { sampleModel } from '../../networks/sample-models.ts';
import { recoveryInput } from './recovering.ts';

it('cuts and changes nothing else', async () => {
  const student = sampleModel();
  const session = none.start(recoveryInput({ student }));
  expect(session.current()).toEqual(student);
  const masks = { 'q/out/kernel': Uint8Array.of(1, 0, 0, 1, 1, 1, 1, 1) };
  session.setMasks(masks);
  expect(await session.advance(100)).toBe(false);
  const cut = student.parameters['q/out/kernel']!.map((w, i) => (masks['q/out/kernel'][i] === 1 ? w : 0));
  expect(session.current()).toEqual({ ...student, parameters: { ...student.parameters, 'q/out/kernel': cut }, masks });
  session.current().parameters['q/out/bias']![0] = 9;
  expect(session.current().parameters['q/out/bias']![0], 'a copy').toBe(student.parameters['q/out/bias']![0]);
  session.dispose();
});
