import type { PokemonState, SideState } from '../battle/state.ts';
import { table } from '../util/table.ts';
import { type Combatant, isGrounded, itemInEffect } from './combatant.ts';
import { chart } from './effectiveness.ts';
import type { Setting } from './setting.ts';

/** What the hazards on a side do to a Pokémon that comes in. */
export interface EntryEffects {
  /** Fraction of maximum HP lost. */
  readonly damage: number;
  /** In words, e.g. `poisoned`, `badly poisoned`, `speed -1`, `removes Toxic Spikes`. */
  readonly effects: readonly string[];
  /** Stat stages after entry. */
  readonly boosts: PokemonState['boosts'];
}

/** Ids of the entry hazards, both as side conditions and as moves. */
export const HAZARDS: ReadonlySet<string> = new Set(['stealthrock', 'spikes', 'toxicspikes', 'stickyweb']);
/** Fraction of maximum HP that Spikes take, by number of layers. */
export const SPIKES_DAMAGE = [0, 1 / 8, 1 / 6, 1 / 4];
const POISON_PROOF = new Set(['immunity', 'pastelveil', 'comatose', 'purifyingsalt']);
const SPEED_PROOF = new Set(['clearbody', 'fullmetalbody', 'mirrorarmor', 'whitesmoke']);
/** Boosts that Sticky Web gives the bearers of some abilities instead of lowering their Speed. */
const WEB_BOOSTS: Readonly<Record<string, PokemonState['boosts']>> = table({
  competitive: { spe: -1, spa: 2 },
  contrary: { spe: 1 },
  defiant: { spe: -1, atk: 2 },
  simple: { spe: -2 },
});

/** What a side's hazards do to one of its Pokémon on entry. */
export function entryEffects(setting: Setting, side: SideState, pokemon: Combatant): EntryEffects {
  const { conditions } = side;
  const boots = itemInEffect(setting, pokemon) === 'heavydutyboots';
  const grounded = isGrounded(setting, pokemon);
  // A grounded Poison type removes Toxic Spikes, with or without boots.
  const absorbs =
    grounded && conditions.toxicspikes !== undefined && pokemon.pokemon.types.includes('Poison');
  const cleared = absorbs ? ['removes Toxic Spikes'] : [];
  if (boots) return { damage: 0, effects: cleared, boosts: {} };

  const effects = [...cleared];
  let boosts: EntryEffects['boosts'] = {};
  let damage = 0;
  if (conditions.stealthrock) damage += typedDamage(setting, pokemon, 'Rock');
  if (conditions.gmaxsteelsurge) damage += typedDamage(setting, pokemon, 'Steel');
  if (grounded) {
    const spikes = conditions.spikes;
    if (spikes) damage += SPIKES_DAMAGE[Math.min(3, spikes.layers)] ?? 0;
    const toxic = conditions.toxicspikes;
    if (toxic && !absorbs && canBePoisoned(setting, pokemon)) {
      effects.push(toxic.layers >= 2 ? 'badly poisoned' : 'poisoned');
    }
    if (conditions.stickyweb) boosts = webBoosts(setting, pokemon);
    effects.push(...boostWords(boosts));
  }
  return { damage: pokemon.ability === 'magicguard' ? 0 : damage, effects, boosts };
}

/** An eighth of maximum HP times the effectiveness of a type on the Pokémon. */
function typedDamage(setting: Setting, { pokemon }: Combatant, type: string): number {
  return pokemon.types.reduce((product, defending) => product * chart(setting.gen, type, defending), 1 / 8);
}

function canBePoisoned(setting: Setting, { pokemon, ability, side }: Combatant): boolean {
  if (pokemon.status || side.conditions.safeguard || setting.terrain === 'mistyterrain') return false;
  return !POISON_PROOF.has(ability) && !pokemon.types.some((type) => type === 'Steel' || type === 'Poison');
}

const STAT_WORDS: Readonly<Record<string, string>> = table({
  spe: 'speed',
  atk: 'attack',
  spa: 'special attack',
});
const signed = (stages: number): string => (stages > 0 ? `+${stages}` : String(stages));

/** Stages in words, e.g. `speed -1, attack +2`; empty when there are none. */
function boostWords(boosts: EntryEffects['boosts']): readonly string[] {
  const words = Object.entries(boosts).map(([stat, stages]) => `${STAT_WORDS[stat]} ${signed(stages)}`);
  return words.length > 0 ? [words.join(', ')] : [];
}

function webBoosts(setting: Setting, pokemon: Combatant): EntryEffects['boosts'] {
  const { ability } = pokemon;
  const proof = SPEED_PROOF.has(ability) || itemInEffect(setting, pokemon) === 'clearamulet';
  if (proof) return {};
  return WEB_BOOSTS[ability] ?? { spe: -1 };
}
