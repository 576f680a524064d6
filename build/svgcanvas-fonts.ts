// svgcanvas reads a font by an inline style, which the page's Content-Security-Policy refuses. The same by a property.
import type { Plugin } from 'vite';

const REFUSED = `el.setAttribute("style", 'font:' + this.font);`;
const ALLOWED = 'el.style.font = this.font;';

export function svgcanvasFonts(): Plugin {
  return {
    name: 'svgcanvas-fonts',
    transform(code, id) {
      if (!/[\\/]svgcanvas[\\/]/.test(id)) return null;
      if (!code.includes(REFUSED))
        throw new Error(`${id} reads fonts in another way than build/svgcanvas-fonts.ts knows.`);
      return { code: code.replace(REFUSED, ALLOWED), map: null };
    },
  };
}
