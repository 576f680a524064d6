// The browser door: the page and its socket on the loopback interface, for whoever has the address with the token.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { SecateurError } from '../../contract/secateur-error.ts';
import type { Application } from '../../services/application.ts';
import type { PageFile } from '../page-files.ts';
import { isAllowedHost } from './access/allowed-host.ts';
import { isSameOrigin } from './access/same-origin.ts';
import { Session } from './access/session-cookie.ts';
import { newToken, sameToken } from './access/token.ts';
import { connectPage } from './contract-socket.ts';
import { SECURITY_HEADERS } from '../security-headers.ts';

/** A dropped file travels in one message; far beyond what a policy can be. */
const LARGEST_MESSAGE = 256 * 1024 ** 2;
const LARGEST_TOKEN = 1024;
const MOST_PAGES = 32;

export class PortInUseError extends SecateurError {
  readonly kind = 'environment';

  constructor(port: number, options: ErrorOptions) {
    super(
      `port ${port} is taken`,
      'Choose another with --port, or leave it out and take the one that is free.',
      options,
    );
  }
}

export interface ServedPage {
  /** With the token in its fragment: it is shown to the person who started the host, and to nobody else. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** @param port 0 takes one that is free @throws PortInUseError */
export async function servePage(options: {
  readonly application: Application;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly port: number;
}): Promise<ServedPage> {
  const { application, files } = options;
  const token = newToken();
  const server = createServer({ maxHeaderSize: 16 * 1024 });
  const port = await listen(server, options.port, '127.0.0.1');
  const servers = [server];
  // The same port on ::1, for browsers that look up "localhost" there first; where there is no IPv6 it is not missed.
  const second = createServer({ maxHeaderSize: 16 * 1024 });
  if (await listen(second, port, '::1').then(Boolean, () => false)) servers.push(second);
  const session = new Session(port);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE, perMessageDeflate: false });

  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    const refuse = (status: number, text: string): void => {
      response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
    };
    if (!isAllowedHost(request.headers.host, port)) {
      refuse(421, 'This is not an address of Secateur.\n');
      return;
    }
    const path = (request.url ?? '/').split('?')[0]!;
    if (path === '/session' && request.method === 'POST') {
      if (!isSameOrigin(request.headers.origin, request.headers.host)) refuse(403, 'Only the page itself may ask.\n');
      else void exchange(request, response, token, session);
      return;
    }
    const file = request.method === 'GET' || request.method === 'HEAD' ? files.get(path) : undefined;
    if (file === undefined) {
      refuse(404, 'There is nothing here.\n');
      return;
    }
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      'Content-Type': file.type,
      'Content-Length': file.bytes.byteLength,
      // Names under assets/ carry a hash of their content.
      'Cache-Control': path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const { host, origin, cookie } = request.headers;
    const allowed = isAllowedHost(host, port) && isSameOrigin(origin, host) && request.url === '/contract';
    if (!allowed || !session.isHeldBy(cookie) || sockets.clients.size >= MOST_PAGES) {
      socket.end(`HTTP/1.1 ${allowed ? '401 Unauthorized' : '403 Forbidden'}\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (page) => {
      connectPage(application, page);
    });
  };
  for (const each of servers) each.on('request', respond).on('upgrade', upgrade);

  return {
    url: `http://127.0.0.1:${port}/#token=${token}`,
    port,
    close: async () => {
      for (const page of sockets.clients) page.terminate();
      await Promise.all(
        servers.map((each) => {
          each.closeAllConnections();
          return new Promise((resolve) => each.close(resolve));
        }),
      );
    },
  };
}

async function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  session: Session,
): Promise<void> {
  let given = '';
  for await (const chunk of request) {
    given += String(chunk);
    if (given.length > LARGEST_TOKEN) break;
  }
  const known = sameToken(given, token);
  response.writeHead(known ? 204 : 401, { ...SECURITY_HEADERS, ...(known && { 'Set-Cookie': session.cookie }) }).end();
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(port, { cause: error }) : error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
