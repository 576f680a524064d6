// What the window is started with, also among what Chromium understands.
import { describe, expect, it } from 'vitest';
import { parseStartOptions } from '../../../src-main/hosts/electron/start-options.ts';
import { problemOf } from './security/problem-of.ts';

describe('the start options', () => {
  it.each([
    { args: [], store: undefined },
    { args: ['.', '--store', '/data'], store: '/data' },
    { args: ['--no-sandbox', '--remote-debugging-port=0', '/app', '--store=/data', '--lang', 'zh'], store: '/data' },
  ])('$args', ({ args, store }) => {
    expect(parseStartOptions(args)).toEqual({ store, connect: null });
  });

  it('take the address of a host', () => {
    const { store, connect } = parseStartOptions(['.', '--connect', 'http://127.0.0.1:8000/#token=abc']);
    expect(store).toBeUndefined();
    expect(connect?.href).toBe('http://127.0.0.1:8000/#token=abc');
  });

  it.each([
    { args: ['--store'], code: 'OptionWithoutValueError' },
    { args: ['--connect'], code: 'OptionWithoutValueError' },
    { args: ['--connect', 'http://127.0.0.1:8000/', '--store', '/data'], code: 'ConnectWithStoreError' },
    { args: ['--connect', 'http://example.org/'], code: 'ConnectAddressError' },
  ])('$args are refused', ({ args, code }) => {
    expect(problemOf(() => parseStartOptions(args))).toMatchObject({ code, kind: 'bad-input' });
  });
});
