// Compiles the AssemblyScript kernels that are missing or older than their sources.
import { mkdirSync, renameSync, utimesSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kernelSources, staleKernels, type Kernel } from '../bin/kernels.mjs';

/** The file appears whole, so that whoever builds or reads it at the same time never sees half of it. */
async function build({ file, features }: Kernel): Promise<void> {
  const { default: asc } = await import('assemblyscript/asc'); // slow to load, and fresh kernels do without it
  mkdirSync(new URL('.', file), { recursive: true });
  const output = fileURLToPath(file);
  const unfinished = output.replace(/wasm$/, `${process.pid}.wasm`);
  const started = new Date();
  const diagnostics: string[] = [];
  const { error } = await asc.main(
    [
      fileURLToPath(new URL('index.ts', kernelSources)),
      ...['--outFile', unfinished],
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
  utimesSync(unfinished, started, started); // a source saved in the meantime is newer
  renameSync(unfinished, output);
}

const stale = staleKernels();
if (stale.length > 0) process.stderr.write('building the WebAssembly kernels, which takes a few seconds\n');
for (const kernel of stale) await build(kernel);
