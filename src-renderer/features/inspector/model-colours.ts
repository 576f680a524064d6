import { categories } from '../../charts/palette.ts';

/** The colours of the model that is looked at, and of the one it is laid over. */
export function modelColours(palette: string): { readonly own: string; readonly beside: string } {
  const [own = '', beside = ''] = categories[palette] ?? [];
  return { own, beside };
}
