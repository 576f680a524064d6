// Compiles the AssemblyScript kernels to resources/kernels/, once plain and once with relaxed SIMD. Skips what is fresh.
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const project = new URL('..', import.meta.url);
const sources = new URL('src-main/engine/numerics/kernels/assembly/', project);
const outputs = new URL('resources/kernels/', project);

const BUILDS = [
  { name: 'secateur-simd.wasm', features: ['simd'] },
  { name: 'secateur-relaxed-simd.wasm', features: ['simd', 'relaxed-simd'] },
] as const;

const modified = (file: URL): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function newestSource(): number {
  const files = readdirSync(sources).map((name) => new URL(name, sources));
  return Math.max(...[...files, new URL(import.meta.url)].map(modified));
}

async function build(output: URL, features: readonly string[]): Promise<void> {
  const diagnostics: string[] = [];
  const { error } = await asc.main(
    [
      new URL('index.ts', sources).pathname,
      ...['--outFile', output.pathname],
      ...['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--use', 'abort='],
      ...features.flatMap((feature) => ['--enable', feature]),
    ],
    {
      stderr: {
        write: (text: string | Uint8Array) => {
          diagnostics.push(String(text));
        },
      },
    },
  );
  if (error !== null) throw new Error(`the kernels do not compile\n${diagnostics.join('')}`, { cause: error });
}

mkdirSync(outputs, { recursive: true });
const newest = newestSource();
for (const { name, features } of BUILDS) {
  const output = new URL(name, outputs);
  if (modified(output) > newest) continue;
  await build(output, features);
  process.stdout.write(`built resources/kernels/${name}\n`);
}
