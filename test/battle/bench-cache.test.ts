import { expect, test } from 'vitest';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { simTurn } from '../support/sim-turn.ts';
import { SIDES, simulate } from '../support/simulated-battle.ts';

const FORMATS = [
  'gen9randombattle',
  'gen9randomdoublesbattle',
  'gen7randombattle',
  'gen4randombattle',
  'gen1randombattle',
];

test.each(FORMATS)('%s: a state does not depend on which states were read before', (format) => {
  for (let battle = 0; battle < 2; battle++) {
    const { lines } = simulate({ format, seed: `unchanged-${battle}`, maxTurns: 60 });
    for (const side of SIDES) {
      const read = new BattleTracker({ side, format });
      const reader = new BattleTracker({ side, format });
      for (const [index, line] of lines[side].entries()) {
        read.add(line);
        reader.add(line);
        void reader.state;
        if (index % 40 !== 39) continue;
        const unread = new BattleTracker({ side, format });
        for (const earlier of lines[side].slice(0, index + 1)) unread.add(earlier);
        expect(reader.state, `battle ${battle} ${side} line ${index} ${line}`).toEqual(unread.state);
      }
      expect(read.state).toEqual(reader.state);
    }
  }
});

test('a Pokémon that a request puts on the field in disguise is not shown as it was on the bench', () => {
  const { lines } = simTurn({
    format: 'gen9customgame',
    p1: 'Zoroark\nAbility: Illusion\n- Splash\n\nGholdengo\nAbility: Good as Gold\n- Splash',
    p2: 'Snorlax\nAbility: Immunity\n- Splash',
    choices: [['team 12', 'team 1']],
  });
  const reader = new BattleTracker({ side: 'p1', format: 'gen9customgame' });
  for (const line of lines) {
    reader.add(line);
    void reader.state;
  }
  expect(reader.state.own.active[0]).toMatchObject({ species: 'Zoroark', position: 0 });
});
