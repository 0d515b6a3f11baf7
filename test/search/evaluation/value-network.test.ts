import { describe, expect, it } from 'vitest';
import type { BattleState } from '../../../src/battle/state.ts';
import { GIMMICK } from '../../../src/mechanics/choices.ts';
import { searchStateOf } from '../../../src/mechanics/from-battle-state.ts';
import type { SearchState } from '../../../src/mechanics/search-state.ts';
import type { Side } from '../../../src/mechanics/side.ts';
import { advance } from '../../../src/mechanics/turn.ts';
import { Matchups, MOVES } from '../../../src/search/evaluation/matchups.ts';
import { valueNetwork } from '../../../src/search/evaluation/value-network/value-network.ts';
import { createRandom } from '../../../src/util/random.ts';
import { simTurn } from '../../support/sim-turn.ts';

const FORMAT = 'gen9customgame@@@!Team Preview';
const OWN = `Garchomp @ Leftovers
Ability: Rough Skin
Tera Type: Steel
Level: 80
- Earthquake
- Dragon Claw
- Swords Dance
- Stealth Rock

Blissey @ Heavy-Duty Boots
Ability: Natural Cure
Level: 80
- Seismic Toss
- Soft-Boiled`;
const FOE = `Volcarona @ Life Orb
Ability: Flame Body
Level: 80
- Fiery Dance
- Bug Buzz
- Quiver Dance

Skarmory @ Rocky Helmet
Ability: Sturdy
Level: 80
- Brave Bird
- Spikes`;

/** The battle between two teams, from the first one's side. */
function positionIn(p1: string, p2: string): SearchState {
  const options = { format: FORMAT, p1, p2, choices: [] };
  const [own, foe] = [simTurn({ ...options, side: 'p1' }), simTurn({ ...options, side: 'p2' })];
  const world: BattleState = { ...own.state, foe: foe.state.own };
  return searchStateOf(world, own.memory.turns, 'move', createRandom('luck').next);
}

/** The chance to win of a position that was changed after the search began. */
function chance(p: SearchState, change: (p: SearchState) => void = () => {}): number {
  const leaf = valueNetwork(p, new Matchups(p));
  const later = p.clone();
  change(later);
  return leaf(later);
}

function faint(side: Side, index: number): void {
  const pokemon = side.pokemon[index];
  if (pokemon) pokemon.hp = 0;
  side.fainted++;
}

describe('the chance to win', () => {
  it('is one minus that of the other side', () => {
    const here = chance(positionIn(OWN, FOE));
    expect(here).toBeGreaterThan(0);
    expect(here).toBeLessThan(1);
    expect(chance(positionIn(FOE, OWN))).toBeCloseTo(1 - here, 10);
    expect(chance(positionIn(OWN, OWN))).toBeCloseTo(0.5, 10);
  });

  it('is certain once the battle is over', () => {
    const p = positionIn(OWN, FOE);
    for (const [winner, expected] of [
      [0, 1],
      [1, 0],
      [2, 0.5],
    ] as const)
      expect(chance(p, (later) => (later.winner = winner))).toBe(expected);
  });

  it.each<[string, (own: Side, foe: Side) => void]>([
    ['one of the foe’s has fainted', (_, foe) => faint(foe, 1)],
    ['the foe has lost HP', (_, foe) => (foe.active.hp = Math.ceil(foe.active.hp / 3))],
    ['own has more Attack', (own) => (own.volatiles.atk = 2)],
    ['rocks lie on the foe’s side', (_, foe) => (foe.stealthRock = 1)],
    ['the foe is paralysed', (_, foe) => (foe.active.status = 'par')],
  ])('rises when %s', (_, change) => {
    const p = positionIn(OWN, FOE);
    expect(chance(p, ({ sides: [own, foe] }) => change(own, foe))).toBeGreaterThan(chance(p));
  });

  it('is the same whether a position is met first or after others', () => {
    const p = positionIn(OWN, FOE);
    const random = createRandom('playout');
    const leaf = valueNetwork(p, new Matchups(p));
    for (let playout = 0; playout < 50; playout++) {
      const later = p.clone();
      for (let turn = 0; turn < 3 && later.stage === 'choose'; turn++)
        advance(later, random.below(2), random.below(2));
      expect(leaf(later)).toBe(valueNetwork(p, new Matchups(p))(later));
    }
  });

  it('includes the effect of terastallizing', () => {
    const p = positionIn(OWN, FOE);
    const matchups = new Matchups(p);
    const damage = (later: SearchState): number =>
      matchups.attacks[1].moves[matchups.at(later.sides[0].active, later.sides[1].active) * MOVES + 1] ?? 0;
    const later = p.clone();
    later.random = () => 0.5;
    advance(later, GIMMICK + 2, 2);
    expect(later.sides[0].active.terastallized).toBe(true);
    // Bug is neutral to Dragon and Ground, and not very effective against Steel.
    expect(damage(later) / damage(p)).toBeCloseTo(0.5, 1);
  });
});
