// Rule: the page comes from app://secateur/, a fixed map of files, and never from file://, which could name any file.
import type { CustomScheme, Protocol } from 'electron';
import type { PageFile } from '../../page-files.ts';
import { SECURITY_HEADERS } from '../../security-headers.ts';

export const PAGE_SCHEME = 'app';
export const PAGE_ADDRESS = new URL('app://secateur/');

/** To be registered before the application is ready: an origin of its own, to which 'self' of a policy refers. */
export const PAGE_SCHEME_REGISTRATION: CustomScheme = {
  scheme: PAGE_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

export function answerPageRequest(
  files: ReadonlyMap<string, PageFile>,
  request: { readonly method: string; readonly url: string },
): PageAnswer {
  const { host, pathname } = new URL(request.url);
  const asked = request.method === 'GET' && host === PAGE_ADDRESS.host;
  const file = asked ? files.get(pathname) : undefined;
  if (file === undefined) {
    const headers = { ...SECURITY_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' };
    return { status: 404, headers, bytes: new TextEncoder().encode('There is nothing here.\n') };
  }
  return { status: 200, headers: { ...SECURITY_HEADERS, 'Content-Type': file.type }, bytes: file.bytes };
}

export function servePageInWindow(protocol: Protocol, files: ReadonlyMap<string, PageFile>): void {
  // Electron before 25 has no `handle`.
  if (!('handle' in protocol)) {
    serveAsBuffers(protocol, files);
    return;
  }
  protocol.handle(PAGE_SCHEME, (request) => {
    const { status, headers, bytes } = answerPageRequest(files, request);
    return new Response(new Uint8Array(bytes), { status, headers });
  });
}

/** Takes a buffer and says it with headers; `Protocol` of today marks it as deprecated. */
interface BufferProtocol {
  registerBufferProtocol(
    scheme: string,
    handler: (
      request: { readonly method: string; readonly url: string },
      answer: (response: {
        readonly statusCode: number;
        readonly headers: Readonly<Record<string, string>>;
        readonly data: Buffer;
      }) => void,
    ) => void,
  ): boolean;
}

function serveAsBuffers(protocol: BufferProtocol, files: ReadonlyMap<string, PageFile>): void {
  protocol.registerBufferProtocol(PAGE_SCHEME, (request, answer) => {
    const { status, headers, bytes } = answerPageRequest(files, request);
    answer({ statusCode: status, headers, data: Buffer.from(bytes) });
  });
}
