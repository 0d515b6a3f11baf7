import { expect, test } from 'vitest';
import { simulator } from '../../src/knowledge/simulator.ts';
import { announcedEnd } from '../../src/ledger/how-ended.ts';

test.each([
  ['|-message|rival forfeited.', 'forfeit'],
  ['|-message|rival forfeited by changing their name.', 'forfeit'],
  ['|-message|rival lost by having an inappropriate name.', 'forfeit'],
  ['|-message|a b c lost due to inactivity.', 'inactivity'],
  ['|-message|All players are inactive.', 'inactivity'],
  ['|-message|Sleep Clause activated.', undefined],
  ['|c|rival|rival forfeited.', undefined],
  ['|win|rival forfeited.', undefined],
])('%s announces %s', (line, ended) => {
  expect(announcedEnd(line)).toBe(ended);
});

test('the turn limit is recognized by the simulator’s message', () => {
  const { Battle, Teams } = simulator;
  const team = Teams.pack([
    { name: '', species: 'Chansey', ability: 'Natural Cure', moves: ['softboiled'] } as never,
  ]);
  const battle = new Battle({ formatid: 'gen9customgame' as never });
  battle.setPlayer('p1', { name: 'a', team });
  battle.setPlayer('p2', { name: 'b', team });
  battle.turn = 1000;
  for (let turn = 0; turn < 4 && !battle.ended; turn++) battle.makeChoices('default', 'default');
  expect(battle.ended).toBe(true);
  expect(battle.log.map(announcedEnd).filter((ended) => ended !== undefined)).toEqual(['turn-limit']);
});
