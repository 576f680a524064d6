// The token is exchanged once for a cookie that no script can read and no other site can make the browser send.
import { newToken, sameToken } from './token.ts';

export class Session {
  /** Cookies of one machine are shared by all its ports: the name tells hosts apart. */
  readonly #name: string;
  readonly #secret = newToken();

  constructor(port: number) {
    this.#name = `secateur-${port}`;
  }

  /** The header `Set-Cookie`. It ends with the browser's session. */
  get cookie(): string {
    return `${this.#name}=${this.#secret}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** @param cookies the header `Cookie` as it came */
  isHeldBy(cookies: string | undefined): boolean {
    for (const cookie of (cookies ?? '').split(';')) {
      const [name, value] = cookie.trim().split('=');
      if (name === this.#name && value !== undefined) return sameToken(value, this.#secret);
    }
    return false;
  }
}
