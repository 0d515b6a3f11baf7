import type { Pokemon } from '@pkmn/sim';
import { expect, test } from 'vitest';
import { ownCombatant } from '../../src/knowledge/combatant.ts';
import { settingOf } from '../../src/knowledge/setting.ts';
import { speedNow } from '../../src/knowledge/speed.ts';
import { oldStat } from '../../src/knowledge/stat-stages.ts';
import { shortTeam } from '../support/rare-sets.ts';
import { simTurn } from '../support/sim-turn.ts';
import { SIDES, simulate } from '../support/simulated-battle.ts';

const FORMAT = 'gen1customgame';
const STATS = ['atk', 'def', 'spa', 'spd', 'spe'] as const;

test('stats of generation 1 are those of the simulator, after any paralysis, burn and stages', () => {
  const teams = {
    p1: shortTeam(`Zapdos @ | x | thunderwave agility reflect drillpeck
      Moltres @ | x | fireblast agility swordsdance ember
      Ditto @ | x | transform`),
    p2: shortTeam(`Starmie @ | x | thunderwave bubblebeam recover amnesia
      Primeape @ | x | rage bodyslam focusenergy growl
      Weedle @ | x | haze rest stringshot substitute`),
  };
  const seen = new Set<string>();
  const wrong = new Set<string>();
  for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
    simulate({
      format: FORMAT,
      seed,
      teams,
      maxTurns: 40,
      onDecision: ({ sim, trackers }) => {
        for (const side of SIDES) {
          const { state } = trackers[side];
          const [own] = state.own.active;
          const real = sim.getSide(side).active[0];
          if (!own || !real || real.fainted || real.transformed) continue;
          const combatant = ownCombatant(settingOf(state), own);
          const believed = STATS.map((stat) => oldStat(combatant, stat));
          expect(speedNow(settingOf(state), combatant)).toBe(believed[4]);
          seen.add(JSON.stringify(own.statPenalties));
          const truth = modified(real);
          if (String(believed) !== String(truth))
            wrong.add(`${seed} turn ${sim.turn}: ${believed}, is ${truth}`);
        }
      },
    });
  }
  expect([...wrong]).toEqual([]);
  expect(seen.size).toBeGreaterThan(3);
});

function modified({ modifiedStats }: Pokemon): number[] {
  return STATS.map((stat) => modifiedStats?.[stat] ?? 0);
}

test('before Illusion existed, a look-alike with other HP is another Pokémon', () => {
  const { state } = simTurn({
    format: 'gen1customgame',
    p1: 'Chansey\nAbility: x\n- Seismic Toss',
    p2: 'Ekans\nAbility: x\n- Splash\n\nEkans\nAbility: x\n- Glare',
    choices: [
      ['move 1', 'move 1'],
      ['move 1', 'switch 2'],
      ['move 1', 'switch 2'],
    ],
  });
  expect(state.foe.pokemon.map(({ id }) => id)).toEqual(['p2-0', 'p2-1']);
  expect(state.foe.active[0]?.id).toBe('p2-0');
  expect(state.foe.pokemon.map(({ moves }) => moves.map(({ id }) => id))).toEqual([['splash'], []]);
});

test('before Illusion existed, a Pokémon that replaces its look-alike is another one', () => {
  const { state } = simTurn({
    format: 'gen1customgame',
    p1: 'Chansey\nAbility: x\n- Splash',
    p2: 'Ekans\nAbility: x\n- Splash\n\nEkans\nAbility: x\n- Glare',
    choices: [['move 1', 'switch 2']],
  });
  expect(state.foe.pokemon.map(({ id }) => id)).toEqual(['p2-0', 'p2-1']);
  expect(state.foe.active[0]?.id).toBe('p2-1');
});

test('a copy’s copy has the stats of the Pokémon that was copied first', () => {
  const { state } = simTurn({
    format: 'gen1customgame',
    p1: 'Mew\nAbility: x\n- Transform\n- Tackle',
    p2: 'Ditto\nAbility: x\n- Transform\n- Tackle',
    choices: [
      ['move 1', 'move 1'],
      ['move 1', 'move 1'],
    ],
  });
  expect(state.own.active[0]?.copyOf ?? 'p1-0').toBe(state.foe.active[0]?.copyOf);
});
