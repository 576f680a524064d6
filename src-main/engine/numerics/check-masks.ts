// Masks must fit the parameters that they silence.
import type { Masks } from '../networks/parameters.ts';
import { ParameterShapeError, sizeOf, type Shape } from '../networks/shapes.ts';

/**
 * Every mask belongs to a parameter and is as long.
 * @param shapes parameter name → shape.
 * @throws ParameterShapeError
 */
export function checkMasks(shapes: Readonly<Record<string, Shape>>, masks: Masks): void {
  for (const [name, mask] of Object.entries(masks)) {
    const shape = shapes[name];
    if (shape === undefined) throw new ParameterShapeError(name, 'has a mask, but is not part of the network');
    if (mask.length !== sizeOf(shape)) {
      throw new ParameterShapeError(
        name,
        `has a mask of ${mask.length} values, the network needs [${shape.join(', ')}]`,
      );
    }
  }
}
