import type { SideState } from '../battle/state.ts';
import { type Combatant, isGrounded, itemInEffect } from './combatant.ts';
import { chart } from './effectiveness.ts';
import type { Setting } from './setting.ts';

/** What the hazards on a side do to a Pokémon that comes in. */
export interface EntryEffects {
  /** Fraction of maximum HP lost. */
  readonly damage: number;
  /** In words, e.g. `poisoned`, `badly poisoned`, `speed -1`, `removes Toxic Spikes`. */
  readonly effects: readonly string[];
}

const SPIKES_DAMAGE = [0, 1 / 8, 1 / 6, 1 / 4];
const UNTOUCHED: EntryEffects = { damage: 0, effects: [] };
const POISON_PROOF = new Set(['immunity', 'pastelveil', 'comatose', 'purifyingsalt']);
const SPEED_PROOF = new Set(['clearbody', 'fullmetalbody', 'whitesmoke']);

/** What the hazards of a side do to one of its Pokémon on entry. */
export function entryEffects(setting: Setting, side: SideState, pokemon: Combatant): EntryEffects {
  const { conditions } = side;
  const boots = itemInEffect(setting, pokemon) === 'heavydutyboots';
  const grounded = isGrounded(setting, pokemon);
  // A grounded Poison type clears Toxic Spikes, boots or not.
  const absorbs =
    grounded && conditions.toxicspikes !== undefined && pokemon.pokemon.types.includes('Poison');
  const cleared = absorbs ? ['removes Toxic Spikes'] : [];
  if (boots) return absorbs ? { damage: 0, effects: cleared } : UNTOUCHED;

  const effects = [...cleared];
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
    if (conditions.stickyweb) {
      const speed = webEffect(setting, pokemon);
      if (speed) effects.push(speed);
    }
  }
  return { damage: pokemon.ability === 'magicguard' ? 0 : damage, effects };
}

/** An eighth of maximum HP times the effectiveness of a type on the Pokémon. */
function typedDamage(setting: Setting, { pokemon }: Combatant, type: string): number {
  return pokemon.types.reduce((product, defending) => product * chart(setting.gen, type, defending), 1 / 8);
}

function canBePoisoned(setting: Setting, { pokemon, ability, side }: Combatant): boolean {
  if (pokemon.status || side.conditions.safeguard || setting.terrain === 'mistyterrain') return false;
  return !POISON_PROOF.has(ability) && !pokemon.types.some((type) => type === 'Steel' || type === 'Poison');
}

function webEffect(setting: Setting, pokemon: Combatant): string | undefined {
  const { ability } = pokemon;
  if (SPEED_PROOF.has(ability) || itemInEffect(setting, pokemon) === 'clearamulet') return undefined;
  switch (ability) {
    case 'contrary':
      return 'speed +1';
    case 'defiant':
      return 'speed -1, attack +2';
    case 'competitive':
      return 'speed -1, special attack +2';
    case 'mirrorarmor':
      return undefined;
    case 'simple':
      return 'speed -2';
    default:
      return 'speed -1';
  }
}
