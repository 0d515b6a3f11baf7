import { expect, test } from 'vitest';
import { assessTurn } from '../../src/knowledge/assess-turn.ts';
import { simulate } from '../support/simulated-battle.ts';

const BATTLES = ['gen3randombattle', 'gen5randombattle', 'gen9randomdoublesbattle', 'gen9randombattle'];

/** All assessments of a battle's turns, for both sides. */
function assessments(format: string): string[] {
  const said: string[] = [];
  simulate({
    format,
    seed: 'order',
    maxTurns: 6,
    onMoment: ({ trackers, side }) => {
      const { state, turns } = trackers[side];
      said.push(
        JSON.stringify(assessTurn(state, turns), (_, part) => (part instanceof Map ? [...part] : part)),
      );
    },
  });
  return said;
}

test('the assessment of a turn does not depend on earlier battles', () => {
  const cold = BATTLES.map(assessments);
  const warm = [...BATTLES].reverse().map(assessments).reverse();
  expect(warm).toEqual(cold);
  expect(cold.flat().length).toBeGreaterThan(30);
});
