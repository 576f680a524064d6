// How fast something advances now.
import { expect, it } from 'vitest';
import { Rate } from '../../src-main/services/rate.ts';

it('says nothing before there are two moments', () => {
  const rate = new Rate();
  expect(rate.perSecond).toBe(0);
  rate.add(0, 5);
  expect(rate.perSecond).toBe(0);
});

it('is what was done per second', () => {
  const rate = new Rate();
  for (let second = 0; second <= 4; second++) rate.add(1000 * second, 30 * second);
  expect(rate.perSecond).toBe(30);
});

it('forgets how fast it was before the window', () => {
  const rate = new Rate(5000);
  for (let second = 0; second <= 10; second++) rate.add(1000 * second, 1000 * second);
  for (let second = 11; second <= 20; second++) rate.add(1000 * second, 10_000 + second);
  expect(rate.perSecond).toBe(1);
});

it('is not negative when something starts over', () => {
  const rate = new Rate();
  rate.add(0, 100);
  rate.add(1000, 0);
  expect(rate.perSecond).toBe(0);
});
