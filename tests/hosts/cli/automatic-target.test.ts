import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  addTargetOptions,
  refuseTarget,
  targetOf,
  type TargetOptions,
} from '../../../src-main/hosts/cli/automatic-target.ts';

function parse(line: string): TargetOptions {
  const command = addTargetOptions(new Command().exitOverride());
  return command.parse(line.split(' ').filter(Boolean), { from: 'user' }).opts<TargetOptions>();
}

describe('what the automatic search goes for', () => {
  it.each([
    ['', { kind: 'return', keep: 0.95 }],
    ['--keep 0.9', { kind: 'return', keep: 0.9 }],
    ['--max-bytes 20000', { kind: 'bytes', bytes: 20_000 }],
    ['--max-latency 1.5', { kind: 'latency', microseconds: 1.5 }],
  ])('"%s"', (line, target) => {
    expect(targetOf(parse(line))).toEqual(target);
  });

  it('is one thing', () => {
    expect(() => targetOf(parse('--keep 0.9 --max-bytes 9'))).toThrow(/--keep and --max-bytes: give one/);
  });

  it('is nothing beside an amount by hand', () => {
    expect(() => {
      refuseTarget(parse('--max-latency 2'));
    }).toThrow(/--max-latency: .*--sparsity/);
    expect(() => {
      refuseTarget(parse(''));
    }).not.toThrow();
  });
});
