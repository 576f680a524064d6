// What the window is started with: `--store DIR` as the command line has it, or `--connect URL`.
import { parseArgs } from 'node:util';
import { SecateurError } from '../../contract/secateur-error.ts';
import { parseConnectAddress } from './security/connect-address.ts';

export interface StartOptions {
  readonly store: string | undefined;
  /** A host that is served elsewhere; null opens the store here. */
  readonly connect: URL | null;
}

/** An option that needs a value and has none. */
export class OptionWithoutValueError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(option: string, example: string) {
    super(`--${option} needs a value`, `Write it as in --${option} ${example}.`);
  }
}

/** Options that exclude each other. */
export class ConnectWithStoreError extends SecateurError {
  readonly kind = 'bad-input';

  constructor() {
    super('--connect and --store exclude each other', 'The host that --connect names has its own store.');
  }
}

/**
 * @param args all but the program's name; what is meant for Chromium may be among them
 * @throws OptionWithoutValueError, ConnectWithStoreError, ConnectAddressError
 */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { store: { type: 'string' }, connect: { type: 'string' } },
    strict: false,
  });
  const { store, connect } = values;
  if (store !== undefined && typeof store !== 'string') throw new OptionWithoutValueError('store', 'FOLDER');
  if (connect !== undefined && typeof connect !== 'string') {
    throw new OptionWithoutValueError('connect', 'http://127.0.0.1:8000/#token=…');
  }
  if (connect === undefined) return { store, connect: null };
  if (store !== undefined) throw new ConnectWithStoreError();
  return { store, connect: parseConnectAddress(connect) };
}
