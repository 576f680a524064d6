// The small network of the welcome's pictures: every link, and the few that pruning leaves.

interface Node {
  readonly x: number;
  readonly y: number;
  readonly alive: boolean;
}

interface Link {
  readonly from: Node;
  readonly to: Node;
  readonly alive: boolean;
}

const LAYERS = [4, 6, 6, 2];
/** "layer.unit>unit" of the links that stay: two inputs reach both actions. */
const ALIVE = new Set(['0.1>1', '0.2>4', '0.2>1', '1.1>2', '1.4>2', '1.4>4', '2.2>0', '2.4>1']);

const isAlive = (layer: number, unit: number): boolean =>
  [...ALIVE].some(
    (link) => link.startsWith(`${layer}.${unit}>`) || (link.endsWith(`>${unit}`) && link.startsWith(`${layer - 1}.`)),
  );

/** In a box of this size, layers from left to right. */
export function welcomeNetwork(width: number, height: number): { nodes: readonly Node[]; links: readonly Link[] } {
  const gap = height / Math.max(...LAYERS);
  const layers = LAYERS.map((units, layer) =>
    Array.from({ length: units }, (_, unit): Node => ({
      x: (width * layer) / (LAYERS.length - 1),
      y: height / 2 + (unit - (units - 1) / 2) * gap,
      alive: isAlive(layer, unit),
    })),
  );
  const links = layers
    .slice(1)
    .flatMap((nodes, layer) =>
      layers[layer]!.flatMap((from, a) =>
        nodes.map((to, b): Link => ({ from, to, alive: ALIVE.has(`${layer}.${a}>${b}`) })),
      ),
    );
  return { nodes: layers.flat(), links };
}
