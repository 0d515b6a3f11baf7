import { expect, test } from 'vitest';
import { SIDES, simulate } from '../support/simulated-battle.ts';
import { describeDifference, differences } from '../support/simulator-truth.ts';
import { scaled } from '../support/thorough.ts';

const FORMATS = [
  'gen1randombattle',
  'gen2randombattle',
  'gen3randombattle',
  'gen4randombattle',
  'gen5randombattle',
  'gen6randombattle',
  'gen7randombattle',
  'gen8randombattle',
  'gen9randombattle',
  'gen9randomdoublesbattle',
];

test.each(FORMATS)(
  '%s: at every decision both sides know everything that the simulator lets them see',
  (format) => {
    let decisions = 0;
    const wrong = new Set<string>();
    for (let battle = 0; battle < scaled(20); battle++) {
      simulate({
        format,
        seed: `truth-${battle}`,
        maxTurns: 60,
        onDecision(moment) {
          decisions++;
          for (const side of SIDES) {
            for (const difference of differences(moment, side)) wrong.add(describeDifference(difference));
          }
        },
      });
    }
    expect(decisions).toBeGreaterThan(60);
    expect([...wrong]).toEqual([]);
  },
);
