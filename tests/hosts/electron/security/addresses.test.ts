// The rules that judge addresses: what is the page, what is known outside, what may be connected to and fetched.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConnectAddress } from '../../../../src-main/hosts/electron/security/connect-address.ts';
import { isKnownSite, openOutside } from '../../../../src-main/hosts/electron/security/open-outside.ts';
import { isOfPage, isPageItself } from '../../../../src-main/hosts/electron/security/page-address.ts';
import { mayFetch } from '../../../../src-main/hosts/electron/security/stay-offline.ts';
import { problemOf } from './problem-of.ts';

const page = new URL('app://secateur/');
const served = new URL('http://127.0.0.1:8000/#token=abc');

describe('the page', () => {
  it.each(['app://secateur/', 'app://secateur/#runs', 'app://secateur/?reload'])('is itself at %s', (address) => {
    expect(isPageItself(address, page)).toBe(true);
  });

  it.each([
    'app://secateur/other.html',
    'app://other/',
    'app:///',
    'file:///',
    'https://secateur/',
    'about:blank',
    'data:text/html,app://secateur/',
    'javascript:alert(1)',
    '',
    '//',
  ])('is not at %s', (address) => {
    expect(isPageItself(address, page)).toBe(false);
  });

  it('is told from another port of the same machine', () => {
    expect(isPageItself('http://127.0.0.1:8000/', served)).toBe(true);
    expect(isOfPage('http://127.0.0.1:8000/assets/a.js', served)).toBe(true);
    for (const other of ['http://127.0.0.1:8001/', 'http://localhost:8000/', 'https://127.0.0.1:8000/']) {
      expect(isOfPage(other, served), other).toBe(false);
    }
  });
});

describe('the outside', () => {
  it.each(['https://arxiv.org/abs/1510.00149', 'https://doi.org/10.1038/nature14236', 'https://github.com/DLR-RM'])(
    'knows %s',
    (address) => {
      expect(isKnownSite(address)).toBe(true);
    },
  );

  it.each([
    'http://arxiv.org/',
    'https://arxiv.org.example.org/',
    'https://example.org/arxiv.org',
    'https://arxiv.org:8443/',
    'https://user@arxiv.org/',
    'https://ARXIV.org.evil/',
    'file:///usr/bin/true',
    'smb://arxiv.org/share',
    'ms-settings:privacy',
    'javascript:open()',
    'arxiv.org',
    '',
  ])('does not know %s', (address) => {
    expect(isKnownSite(address)).toBe(false);
  });

  it('is handed to the system only where it is known', () => {
    const opened: string[] = [];
    const shell = {
      openExternal: (address: string) => {
        opened.push(address);
        return Promise.resolve();
      },
    };
    openOutside(shell, 'https://onnx.ai/');
    openOutside(shell, 'file:///etc/passwd');
    expect(opened).toEqual(['https://onnx.ai/']);
  });
});

describe('an address to connect to', () => {
  it.each(['http://127.0.0.1:8000/#token=abc', 'http://localhost:1/', 'http://[::1]:8000', 'http://127.0.0.1/'])(
    'may be %s',
    (address) => {
      expect(parseConnectAddress(address).href).toBe(new URL(address).href);
    },
  );

  it.each([
    ['https://127.0.0.1:8000/', /only http/],
    ['file:///etc/passwd', /only http/],
    ['javascript:alert(1)', /only http/],
    ['http://10.0.0.1:8000/', /10\.0\.0\.1 is not this machine/],
    ['http://127.0.0.1.example.org/', /is not this machine/],
    ['http://user:word@127.0.0.1:8000/', /user name/],
    ['http://127.0.0.1:8000/other', /the page is at \//],
    ['127.0.0.1:8000', /only http|not an address/],
    ['', /not an address/],
  ])('may not be %s', (address, says) => {
    const problem = problemOf(() => parseConnectAddress(address));
    expect(problem).toMatchObject({ code: 'ConnectAddressError', kind: 'bad-input' });
    expect(problem.message).toMatch(says);
  });

  it('keeps its token to itself', () => {
    const { message, hint } = problemOf(() => parseConnectAddress('http://example.org/#token=hunter2'));
    expect(message + hint).not.toContain('hunter2');
  });

  it('is on the loopback interface, whatever is asked', () => {
    const host = fc.constantFrom(
      '127.0.0.1',
      'localhost',
      '[::1]',
      '127.0.0.2',
      'example.org',
      '0',
      '[::ffff:1.2.3.4]',
      '',
    );
    const user = fc.constantFrom('', 'localhost@', '127.0.0.1:80@', '%00', '.');
    const rest = fc.oneof(
      fc.string(),
      fc.constantFrom(':80/', '.example.org/', '@example.org/', '#@example.org', '\\\\x'),
    );
    const address = fc.tuple(fc.constantFrom('http://', 'HTTP:', 'https://', '//'), user, host, rest);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          address.map((parts) => parts.join('')),
        ),
        (text) => {
          try {
            expect(['127.0.0.1', 'localhost', '[::1]']).toContain(parseConnectAddress(text).hostname);
          } catch (error) {
            expect(error).toHaveProperty('kind', 'bad-input');
          }
        },
      ),
    );
  });
});

describe('a fetch', () => {
  it.each([
    'app://secateur/assets/index.js',
    'data:image/png;base64,',
    'blob:app://secateur/1-2',
    'devtools://devtools/',
  ])('may go to %s', (address) => {
    expect(mayFetch(address, page)).toBe(true);
  });

  it.each(['https://example.org/', 'http://127.0.0.1:8000/', 'ws://127.0.0.1:8000/', 'file:///etc/passwd', 'ftp://a/'])(
    'may not go to %s',
    (address) => {
      expect(mayFetch(address, page)).toBe(false);
    },
  );

  it('of a served page may also be its socket', () => {
    expect(mayFetch('ws://127.0.0.1:8000/contract', served)).toBe(true);
    expect(mayFetch('ws://127.0.0.1:8001/contract', served)).toBe(false);
    expect(mayFetch('wss://127.0.0.1:8000/contract', served)).toBe(false);
  });
});
