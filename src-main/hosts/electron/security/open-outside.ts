// Rule: only https addresses of known sites are handed to the system, which would open anything: files, other programs.
import type { Shell } from 'electron';

/** Where methods, formats and environments are published and documented. */
const KNOWN_SITES = new Set([
  'arxiv.org',
  'doi.org',
  'github.com',
  'gymnasium.farama.org',
  'huggingface.co',
  'onnx.ai',
  'onnxruntime.ai',
  'openreview.net',
  'proceedings.mlr.press',
  'stable-baselines3.readthedocs.io',
  'www.tensorflow.org',
]);

export function isKnownSite(address: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  const { protocol, hostname, port, username, password } = url;
  return protocol === 'https:' && port === '' && username === '' && password === '' && KNOWN_SITES.has(hostname);
}

/** Opens a known site in the person's browser; anything else is left unopened. */
export function openOutside(shell: Pick<Shell, 'openExternal'>, address: string): void {
  if (isKnownSite(address)) void shell.openExternal(address);
}
