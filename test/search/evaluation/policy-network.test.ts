import { describe, expect, it } from 'vitest';
import { choicesOf, SWITCH } from '../../../src/mechanics/choices.ts';
import { searchStateOf } from '../../../src/mechanics/from-battle-state.ts';
import type { SearchState } from '../../../src/mechanics/search-state.ts';
import type { Side } from '../../../src/mechanics/side.ts';
import { advance } from '../../../src/mechanics/turn.ts';
import { neuralEvaluator } from '../../../src/search/evaluation/evaluator.ts';
import { createRandom } from '../../../src/util/random.ts';
import { simTurn } from '../../support/sim-turn.ts';
import { simulate } from '../../support/simulated-battle.ts';
import { trueWorld } from '../../support/true-world.ts';

const FORMAT = 'gen9customgame@@@!Team Preview';
const OWN = `Scizor @ Leftovers
Ability: Technician
Tera Type: Steel
Level: 80
- Bullet Punch
- U-turn
- Swords Dance
- Roost

Heatran @ Leftovers
Ability: Flash Fire
Tera Type: Grass
Level: 80
- Magma Storm
- Earth Power
- Stealth Rock

Blissey @ Heavy-Duty Boots
Ability: Natural Cure
Tera Type: Dark
Level: 80
- Seismic Toss
- Soft-Boiled`;
const FOE = `Charizard @ Heavy-Duty Boots
Ability: Blaze
Tera Type: Dragon
Level: 80
- Flamethrower
- Hurricane
- Roost

Ting-Lu @ Leftovers
Ability: Vessel of Ruin
Tera Type: Ghost
Level: 80
- Earthquake
- Throat Chop
- Spikes`;

function positionIn(p1: string, p2: string): SearchState {
  const options = { format: FORMAT, p1, p2, choices: [] };
  const [own, foe] = [simTurn({ ...options, side: 'p1' }), simTurn({ ...options, side: 'p2' })];
  return searchStateOf(
    { ...own.state, foe: foe.state.own },
    own.memory.turns,
    'move',
    createRandom('luck').next,
  );
}

/** How likely each choice of a side is thought to be, by choice number. */
function likelihoods(p: SearchState, side: Side = p.sides[0]): ReadonlyMap<number, number> {
  const list = choicesOf(p, side);
  const out = new Float64Array(list.length);
  neuralEvaluator(p).prior(p, side, list, list.length, out);
  return new Map([...list].map((choice, index) => [choice, out[index] ?? 0]));
}

/** The same for our side's moves by id, and switches by species. */
function byName(p: SearchState): Readonly<Record<string, number>> {
  const [own] = p.sides;
  const named = [...likelihoods(p)].map(([choice, likelihood]) => {
    const name = choice >= SWITCH ? own.pokemon[choice - SWITCH]?.forme.species : own.forme.moves[choice]?.id;
    return [name ?? `${choice}`, likelihood] as const;
  });
  return Object.fromEntries(named);
}

describe('how likely a choice is thought to be', () => {
  it('lets Heatran come in when Scizor expects Fire', () => {
    const { heatran = 0, swordsdance = 1, roost = 1 } = byName(positionIn(OWN, FOE));
    expect(heatran).toBeGreaterThan(0.25);
    expect(heatran).toBeGreaterThan(2 * swordsdance);
    expect(heatran).toBeGreaterThan(2 * roost);
  });

  it('favours knocking out an opponent that one hit will fell', () => {
    const p = positionIn(OWN, FOE);
    p.sides[1].active.hp = 1;
    const { bulletpunch = 0, swordsdance = 1 } = byName(p);
    expect(bulletpunch).toBeGreaterThan(0.25);
    expect(bulletpunch).toBeGreaterThan(3 * swordsdance);
  });

  it('favours healing a Pokémon that has lost HP over one at full HP', () => {
    const p = positionIn(
      OWN.split('\n\n').toReversed().join('\n\n'),
      FOE.split('\n\n').toReversed().join('\n\n'),
    );
    const healthy = byName(p).softboiled ?? 1;
    p.sides[0].active.hp = Math.ceil(p.sides[0].active.maxHp * 0.55);
    expect(byName(p).softboiled).toBeGreaterThan(1.5 * healthy);
  });

  it('does not depend on which side is called ours', () => {
    const [here, there] = [positionIn(OWN, FOE), positionIn(FOE, OWN)];
    for (const [choice, likelihood] of likelihoods(here))
      expect(likelihoods(there, there.sides[1]).get(choice)).toBeCloseTo(likelihood, 10);
  });

  it('leaves no choice out, in positions of all generations', () => {
    let positions = 0;
    for (let gen = 1; gen <= 9; gen++) {
      const battle = simulate({ format: `gen${gen}randombattle`, seed: `policy-${gen}`, maxTurns: 1 });
      const { next } = createRandom(`policy-${gen}`);
      const p = searchStateOf(trueWorld(battle, 'p1'), [], 'move', next);
      const evaluator = neuralEvaluator(p);
      for (let turn = 0; turn < 100 && p.stage !== 'over'; turn++) {
        const lists = p.sides.map((side) => choicesOf(p, side));
        for (const [side, list] of lists.entries()) {
          if (list.length === 1) continue;
          const out = new Float64Array(list.length);
          evaluator.prior(p, p.sides[side] as Side, list, list.length, out);
          expect(out.reduce((sum, likelihood) => sum + likelihood, 0)).toBeCloseTo(1, 10);
          expect(Math.min(...out)).toBeGreaterThan(0);
          positions++;
        }
        const [own = 0, foe = 0] = lists.map((list) => list[Math.floor(next() * list.length)]);
        advance(p, own, foe);
      }
    }
    expect(positions).toBeGreaterThan(300);
  });
});
