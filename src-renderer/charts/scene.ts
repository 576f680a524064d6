// An environment's scene on a canvas: crisp at every pixel ratio, in the colours of the theme, aspect ratio kept.
import { pictureCanvas } from './picture.ts';
import { token } from './chart.svelte.ts';
import type { DrawableScene, DrawableShape, Point } from './drawable-scene.ts';

/** What a role looks like: filled, and with an edge where it has one. */
interface Paint {
  readonly fill: string;
  readonly edge: string;
  /** Whether the edge is seen, or only rounds corners in the colour of the filling. */
  readonly edged: boolean;
}

/** Asked once per picture: reading styles is slow. */
function paints(): (role: string) => Paint {
  const known = new Map<string, Paint>();
  const make = (role: string): Paint => {
    const plain = (name: string): Paint => ({ fill: token(name), edge: token(name), edged: false });
    switch (role) {
      case 'ground':
        return plain('rule-strong');
      case 'guide':
        return plain('rule');
      case 'goal':
        return plain('warning');
      case 'body':
        return plain('ink-2');
      case 'joint':
        return { fill: token('surface'), edge: token('ink-2'), edged: true };
      default:
        return plain('accent');
    }
  };
  return (role) => {
    const paint = known.get(role) ?? make(role);
    known.set(role, paint);
    return paint;
  };
}

function trace(context: CanvasRenderingContext2D, points: readonly Point[]): void {
  context.beginPath();
  points.forEach(([x, y], index) => {
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
}

/** Of a screen: as thin as a line is still seen. */
const THINNEST_PX = 1.25;
/** Corners are rounded by this much of the picture's height; edges of wheels and hinges are as wide. */
const EDGE = 0.012;

/** @param hair the width of a line that is just seen, @param edge that of edges, both in the scene's own units */
function drawShape(
  context: CanvasRenderingContext2D,
  shape: Exclude<DrawableShape, { kind: 'picture' }>,
  paint: Paint,
  hair: number,
  edge: number,
): void {
  context.fillStyle = paint.fill;
  context.strokeStyle = paint.edge;
  switch (shape.kind) {
    case 'line':
      context.strokeStyle = paint.fill;
      context.lineWidth = Math.max(hair, shape.width);
      trace(context, shape.points);
      context.stroke();
      break;
    case 'polygon':
      trace(context, shape.points);
      context.closePath();
      context.fill();
      context.lineWidth = edge;
      context.stroke();
      break;
    case 'circle':
      context.beginPath();
      // The edge lies inside: what is edged is not larger for it.
      context.arc(
        shape.center[0],
        shape.center[1],
        Math.max(0, shape.radius - (paint.edged ? edge : 0)),
        0,
        2 * Math.PI,
      );
      context.fill();
      if (paint.edged) {
        context.lineWidth = 2 * edge;
        context.stroke();
      }
      break;
  }
}

/** Upright, where the canvas has y up; pixels stay pixels. */
function drawPicture(context: CanvasRenderingContext2D, shape: Extract<DrawableShape, { kind: 'picture' }>): void {
  context.save();
  context.imageSmoothingEnabled = false;
  context.translate(0, shape.height);
  context.scale(1, -1);
  context.drawImage(pictureCanvas(shape), 0, 0, shape.width, shape.height);
  context.restore();
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
  const paintOf = paints();
  const hair = (THINNEST_PX * ratio) / scale;
  const edge = Math.max(hair, EDGE * (bounds.top - bounds.bottom));
  for (const shape of shapes) {
    if (shape.kind === 'picture') drawPicture(context, shape);
    else drawShape(context, shape, paintOf(shape.role), hair, edge);
  }
}
