import { SPIKES_DAMAGE } from '../knowledge/hazards.ts';
import { boostByFoe } from './boosts.ts';
import { resetForme, restoreForme } from './change-forme.ts';
import { abilityEffects, isGrounded, itemNow } from './effects-now.ts';
import { typeMultiplierOf } from './forme-type.ts';
import { applyIndirectDamage } from './hp.ts';
import { inflict } from './inflict-status.ts';
import type { Pokemon } from './pokemon.ts';
import type { SearchState } from './search-state.ts';
import { NOT_ASKED, type Side } from './side.ts';
import { clearScreens } from './side-conditions.ts';
import { startAbility } from './start-ability.ts';
import { POISON, ROCK, STEEL } from './types.ts';

/** The active Pokémon leaves the field. */
export function onSwitchOut(p: SearchState, side: Side): void {
  const { active } = side;
  if (active.hp > 0) {
    abilityEffects(p, side).onSwitchOut?.(p, side);
    if (active.status === 'tox') {
      active.counter = 0;
      if (p.gen <= 2) active.status = 'psn';
    }
  }
  if (side.volatiles.dynamax > 0) endDynamax(side);
  restoreForme(side);
  if (active.hp > 0 && side.ability === 'zerotohero' && active.forme.otherForme)
    active.forme = active.forme.otherForme;
  side.clearVolatiles();
  if (p.gen === 1) clearScreens(side);
  side.foe.volatiles.bound = 0;
  side.foe.volatiles.held = 0;
}

/** Ends Dynamax: HP shrink, but the fraction stays. */
export function endDynamax(side: Side): void {
  const { active } = side;
  side.volatiles.dynamax = 0;
  const share = active.hp / active.maxHp;
  active.maxHp = active.forme.maxHp;
  active.hp = active.hp <= 0 ? 0 : Math.max(1, Math.round(share * active.maxHp));
}

/** Brings in a team member, with everything that happens to it and because of it. */
export function switchIn(p: SearchState, side: Side, pokemon: Pokemon): void {
  placeOnField(side, pokemon);
  onSwitchIn(p, side);
}

/** A team member takes its place on the field. */
export function placeOnField(side: Side, pokemon: Pokemon): void {
  side.active = pokemon;
  side.mustSwitch = NOT_ASKED;
  resetForme(side);
  side.volatiles.turnsActive = 0;
}

/** Effects on the active Pokémon when it has just come in: hazards, then its ability and item. */
export function onSwitchIn(p: SearchState, side: Side): void {
  const { active: pokemon } = side;
  if (pokemon.hp <= 0) return;
  if (side.healingWish && (pokemon.hp < pokemon.maxHp || pokemon.status !== '')) {
    pokemon.hp = pokemon.maxHp;
    pokemon.status = '';
    side.healingWish = 0;
  }
  takeHazards(p, side);
  if (pokemon.hp > 0) startAbility(p, side);
  if (side.foe.ability === 'trace' && side.foe.active.hp > 0) startAbility(p, side.foe);
}

function takeHazards(p: SearchState, side: Side): void {
  const { active } = side;
  if (itemNow(side) === 'heavydutyboots') return;
  if (side.stealthRock) {
    applyIndirectDamage(p, side, (active.maxHp * typeMultiplierOf(p, ROCK, side)) / 8);
    if (active.hp <= 0) return;
  }
  if (!isGrounded(p, side)) return;
  if (side.spikes > 0) {
    applyIndirectDamage(p, side, active.maxHp * (SPIKES_DAMAGE[p.gen === 2 ? 1 : side.spikes] ?? 0));
    if (active.hp <= 0) return;
  }
  if (side.toxicSpikes > 0) takeToxicSpikes(p, side);
  if (side.stickyWeb) boostByFoe(p, side, 'spe', -1);
}

function takeToxicSpikes(p: SearchState, side: Side): void {
  if (side.hasType(POISON)) side.toxicSpikes = 0;
  else if (!side.hasType(STEEL)) inflict(p, side, side.toxicSpikes >= 2 ? 'tox' : 'psn', undefined);
}

/** Switches the active Pokémon for a team member. */
export function switchTo(p: SearchState, side: Side, pokemon: Pokemon): void {
  onSwitchOut(p, side);
  switchIn(p, side, pokemon);
}
