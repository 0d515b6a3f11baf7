import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkLayout } from '../../../src/search/evaluation/layout.ts';
import { POLICY_LAYOUT } from '../../../src/search/evaluation/policy-network/policy-layout.ts';
import { VALUE_LAYOUT } from '../../../src/search/evaluation/value-network/value-layout.ts';

describe("a network's weights", () => {
  it.each([
    ['value-network.json', VALUE_LAYOUT],
    ['policy-network.json', POLICY_LAYOUT],
  ])('in %s state which inputs they were trained on', (file, layout) => {
    const path = new URL(`../../../knowledge/${file}`, import.meta.url);
    expect(JSON.parse(readFileSync(path, 'utf8')).layout).toEqual(layout);
  });

  it.each([
    ['others', { side: ['spikes', 'wish'] }, 'Expected input 1 of side in x.json to be reflect, got wish'],
    ['fewer', { side: ['spikes'] }, 'Expected input 1 of side in x.json to be reflect, got none'],
    [
      'more',
      { side: ['spikes', 'reflect', 'wish'] },
      'Expected input 2 of side in x.json to be none, got wish',
    ],
    ['no part', {}, 'Expected input 0 of side in x.json to be spikes, got none'],
  ])('are refused when they were trained on %s', (_what, trained, message) => {
    expect(() => checkLayout(trained, { side: ['spikes', 'reflect'] }, 'x.json')).toThrow(message);
  });
});
