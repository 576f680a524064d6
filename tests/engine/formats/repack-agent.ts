// Takes an agent apart and puts it together again with something changed and all checksums right.
import { zipSync } from 'fflate';
import type { ModelFile } from '../../../src-main/engine/formats/model-reader.ts';
import { readZip } from '../../../src-main/engine/formats/zip/read-zip.ts';
import { fixture } from './fixtures.ts';

export type Entries = Record<string, Uint8Array>;

export interface UnpackedAgent {
  readonly name: string;
  readonly entries: Entries;
  /** The entries of policy.pth. */
  readonly weights: Entries;
}

function unzip(bytes: Uint8Array): Entries {
  const archive = readZip({ bytes, file: 'fixture' });
  return Object.fromEntries(archive.names.map((name) => [name, archive.read(name)]));
}

const zip = (entries: Entries): Uint8Array => zipSync(entries, { level: 0, mtime: '2020-01-01' });

export function unpackAgent(name: string): UnpackedAgent {
  const entries = unzip(fixture(name).bytes);
  return { name, entries, weights: unzip(entries['policy.pth']!) };
}

export function repackAgent(agent: UnpackedAgent, weights: Entries, entries: Entries = {}): ModelFile {
  const policy = zip({ ...agent.weights, ...weights });
  return { name: agent.name, bytes: zip({ ...agent.entries, 'policy.pth': policy, ...entries }) };
}

/** The agent with some settings changed. */
export function withSettings(name: string, change: (settings: Record<string, unknown>) => object): ModelFile {
  const agent = unpackAgent(name);
  const settings = JSON.parse(new TextDecoder().decode(agent.entries.data)) as Record<string, unknown>;
  return repackAgent(agent, {}, { data: new TextEncoder().encode(JSON.stringify(change(settings))) });
}
