// An environment's scene on a canvas: crisp at every pixel ratio, in the colours of the theme, aspect ratio kept.
import { token } from './chart.svelte.ts';

/** As the contract's `Scene`: y up, later shapes on top, roles rather than colours. */
export interface DrawableScene {
  readonly bounds: { readonly left: number; readonly right: number; readonly bottom: number; readonly top: number };
  readonly shapes: readonly DrawableShape[];
}

type Point = readonly [number, number];

export type DrawableShape =
  | { readonly kind: 'line'; readonly points: readonly Point[]; readonly width: number; readonly role: string }
  | { readonly kind: 'polygon'; readonly points: readonly Point[]; readonly role: string }
  | { readonly kind: 'circle'; readonly center: Point; readonly radius: number; readonly role: string };

function colorOf(role: string): string {
  switch (role) {
    case 'ground':
      return token('rule-strong');
    case 'body':
      return token('ink');
    case 'joint':
      return token('ink-3');
    case 'goal':
      return token('warning');
    case 'guide':
      return token('rule');
    default:
      return token('accent');
  }
}

function trace(context: CanvasRenderingContext2D, points: readonly Point[]): void {
  context.beginPath();
  points.forEach(([x, y], index) => {
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
}

/** Draws into the canvas as large as it is laid out. */
export function drawScene(canvas: HTMLCanvasElement, { bounds, shapes }: DrawableScene): void {
  const ratio = devicePixelRatio;
  const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
  if (width === 0 || height === 0) return;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d')!;
  const scale = Math.min(width / (bounds.right - bounds.left), height / (bounds.top - bounds.bottom));
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(
    scale,
    0,
    0,
    -scale,
    width / 2 - (scale * (bounds.left + bounds.right)) / 2,
    height / 2 + (scale * (bounds.bottom + bounds.top)) / 2,
  );
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const shape of shapes) {
    context.fillStyle = context.strokeStyle = colorOf(shape.role);
    switch (shape.kind) {
      case 'line':
        context.lineWidth = shape.width;
        trace(context, shape.points);
        context.stroke();
        break;
      case 'polygon':
        trace(context, shape.points);
        context.closePath();
        context.fill();
        break;
      case 'circle':
        context.beginPath();
        context.arc(shape.center[0], shape.center[1], shape.radius, 0, 2 * Math.PI);
        context.fill();
        break;
    }
  }
}
