// Rule: a window is attached only to a host on this machine's loopback interface. What is elsewhere comes through a tunnel
// (SSH), which encrypts and has an address here.
import { SecateurError } from '../../../contract/secateur-error.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** `--connect` names something that the window does not open. */
export class ConnectAddressError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(address: string, detail: string) {
    super(
      `--connect "${address}": ${detail}`,
      'Give the address that `secateur serve` prints, as http://127.0.0.1:8000/#token=…; of another machine, through an SSH tunnel.',
    );
  }
}

/** @throws ConnectAddressError */
export function parseConnectAddress(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new ConnectAddressError(text, 'this is not an address');
  }
  // Not the fragment: there is the token.
  const shown = `${url.protocol}//${url.host}${url.pathname}`;
  if (url.protocol !== 'http:') throw new ConnectAddressError(shown, 'only http on the loopback interface is opened');
  if (url.username !== '' || url.password !== '') throw new ConnectAddressError(shown, 'it has a user name in it');
  if (!LOOPBACK.has(url.hostname)) throw new ConnectAddressError(shown, `${url.hostname} is not this machine`);
  if (url.pathname !== '/') throw new ConnectAddressError(shown, 'the page is at /');
  return url;
}
