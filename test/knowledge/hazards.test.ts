import { Battle, type ID, type PRNGSeed } from '@pkmn/sim';
import { describe, expect, it } from 'vitest';
import { ownCombatant } from '../../src/knowledge/combatant.ts';
import { entryEffects } from '../../src/knowledge/hazards.ts';
import { settingOf } from '../../src/knowledge/setting.ts';
import { pokemonFromSim, stateFromSim } from './sim.ts';

const NONE = { hp: 0, atk: 0, def: 0, spa: 0, spd: 0, spe: 0 };

/** A team member whose ability and item matter on entry. */
interface Entrant {
  readonly species: string;
  readonly ability?: string;
  readonly item?: string;
}

function member({ species, ability = 'No Ability', item = '' }: Entrant) {
  const moves = ['splash'];
  const ivs = { hp: 31, atk: 31, def: 31, spa: 31, spd: 31, spe: 31 };
  return {
    name: species,
    species,
    ability,
    item,
    moves,
    nature: 'Serious',
    gender: 'N',
    evs: NONE,
    ivs,
    level: 100,
  };
}

const ENTRANTS: readonly Entrant[] = [
  { species: 'Charizard' },
  { species: 'Volcarona' },
  { species: 'Garchomp' },
  { species: 'Lucario' },
  { species: 'Snorlax' },
  { species: 'Snorlax', item: 'Heavy-Duty Boots' },
  { species: 'Snorlax', item: 'Air Balloon' },
  { species: 'Skarmory', item: 'Iron Ball' },
  { species: 'Clefable', ability: 'Magic Guard' },
  { species: 'Bronzong', ability: 'Levitate' },
  { species: 'Bronzong', ability: 'Heatproof' },
  { species: 'Toxapex' },
  { species: 'Toxapex', item: 'Heavy-Duty Boots' },
  { species: 'Crobat' },
  { species: 'Malamar', ability: 'Contrary' },
  { species: 'Bisharp', ability: 'Defiant' },
  { species: 'Metagross', ability: 'Clear Body' },
  { species: 'Snorlax', ability: 'Immunity' },
];

function enter(entrant: Entrant, hazards: Readonly<Record<string, number>>) {
  const battle = new Battle({ formatid: 'gen9customgame' as ID, seed: '1,2,3,4' as PRNGSeed });
  battle.setPlayer('p1', { name: 'p1', team: [member({ species: 'Magikarp' }), member(entrant)] });
  battle.setPlayer('p2', { name: 'p2', team: [member({ species: 'Magikarp' })] });
  battle.choose('p1', 'team 12');
  battle.choose('p2', 'team 1');
  for (const [hazard, layers] of Object.entries(hazards)) {
    for (let layer = 0; layer < layers; layer++) battle.p1.addSideCondition(hazard, battle.p2.pokemon[0]);
  }
  const pokemon = battle.p1.pokemon[1];
  if (!pokemon) throw new Error('nobody to come in');
  const state = stateFromSim(battle, 'p1');
  const setting = settingOf(state);
  const predicted = entryEffects(setting, state.own, ownCombatant(setting, pokemonFromSim(pokemon)));
  battle.makeChoices('switch 2', 'move 1');
  return { battle, pokemon, predicted };
}

describe('what hazards do on entry', () => {
  it.each<Readonly<Record<string, number>>>([
    { stealthrock: 1 },
    { spikes: 1 },
    { spikes: 2 },
    { spikes: 3, stealthrock: 1 },
    { gmaxsteelsurge: 1 },
    { toxicspikes: 1 },
    { toxicspikes: 2, stickyweb: 1 },
  ])('matches the simulator: %o', (hazards) => {
    for (const entrant of ENTRANTS) {
      const { battle, pokemon, predicted } = enter(entrant, hazards);
      const label = JSON.stringify([entrant, hazards]);
      // Poison also hurts at the end of the same turn.
      const poison = pokemon.status === 'psn' ? 1 / 8 : pokemon.status === 'tox' ? 1 / 16 : 0;
      const guarded = pokemon.hasAbility('magicguard') ? 0 : poison;
      const lost = 1 - pokemon.hp / pokemon.maxhp - guarded;
      expect(Math.abs(lost - predicted.damage), label).toBeLessThan(0.01);
      const statuses = { psn: 'poisoned', tox: 'badly poisoned' };
      const poisoned = Object.entries(statuses).filter(([, word]) => predicted.effects.includes(word));
      expect(poisoned.map(([status]) => status).join(), label).toBe(pokemon.status);
      const speed = predicted.effects.find((effect) => effect.startsWith('speed')) ?? 'speed 0';
      expect(Number.parseInt(speed.slice('speed '.length), 10), label).toBe(pokemon.boosts.spe);
      const cleared = 'toxicspikes' in hazards && !battle.p1.sideConditions.toxicspikes;
      expect(predicted.effects.includes('removes Toxic Spikes'), label).toBe(cleared);
    }
  });
});
