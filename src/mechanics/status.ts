import { abilityNow, isGrounded, isSunny, itemNow } from './condition.ts';
import type { Status } from './condition-ids.ts';
import { loseItem } from './item.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { ELECTRIC, FIRE, ICE, POISON, STEEL } from './types.ts';

/**
 * Gives the active Pokémon a status, unless something forbids it. Returns whether it has it now.
 *
 * @param source who causes it; undefined for hazards and its own item
 */
export function inflict(p: SearchState, target: Side, status: Status, source: Side | undefined): boolean {
  const { active } = target;
  if (active.hp <= 0 || active.status !== '' || isImmune(p, target, status, source)) return false;
  active.status = status;
  active.counter = status === 'slp' ? sleepTurns(p, target) : 0;
  if (cureBerry(itemNow(target), status)) {
    active.status = '';
    loseItem(target);
    return false;
  }
  const returned = status === 'brn' || status === 'par' || status === 'psn' || status === 'tox';
  if (source && source !== target && returned && abilityNow(target) === 'synchronize') {
    // Until generation 4 bad poison came back as poison.
    inflict(p, source, status === 'tox' && p.gen <= 4 ? 'psn' : status, undefined);
  }
  return true;
}

function sleepTurns(p: SearchState, target: Side): number {
  // Turns lost: 1–7 in generation 1, 1–6 in 2, 1–4 in 3 and 4, 1–3 since.
  const most = p.gen === 1 ? 7 : p.gen === 2 ? 6 : p.gen <= 4 ? 4 : 3;
  const turns = 1 + Math.floor(p.random() * most);
  return abilityNow(target) === 'earlybird' ? Math.ceil(turns / 2) : turns;
}

/** Whether a berry cures a status. */
export function cureBerry(item: string, status: Status): boolean {
  switch (item) {
    case 'lumberry':
    case 'miracleberry':
      return true;
    case 'mintberry':
    case 'chestoberry':
      return status === 'slp';
    case 'przcureberry':
    case 'cheriberry':
      return status === 'par';
    case 'iceberry':
    case 'rawstberry':
      return status === 'brn';
    case 'psncureberry':
    case 'pechaberry':
      return status === 'psn' || status === 'tox';
    case 'burntberry':
    case 'aspearberry':
      return status === 'frz';
    default:
      return false;
  }
}

function isImmune(p: SearchState, target: Side, status: Status, source: Side | undefined): boolean {
  if (source && source !== target && target.safeguard > 0) return true;
  if (p.terrain !== '' && isGrounded(p, target)) {
    if (p.terrain === 'mistyterrain') return true;
    if (p.terrain === 'electricterrain' && status === 'slp') return true;
  }
  const ability = abilityNow(target);
  if (ability === 'comatose' || ability === 'purifyingsalt') return true;
  if (ability === 'leafguard' && isSunny(p)) return true;
  if (ability === 'shieldsdown' && target.active.hp * 2 > target.active.maxHp) return true;
  switch (status) {
    case 'brn':
      return (
        target.hasType(FIRE) ||
        ability === 'waterveil' ||
        ability === 'waterbubble' ||
        ability === 'thermalexchange'
      );
    case 'par':
      return (p.gen >= 6 && target.hasType(ELECTRIC)) || ability === 'limber';
    case 'psn':
    case 'tox':
      if (ability === 'immunity' || ability === 'pastelveil') return true;
      if (source && abilityNow(source) === 'corrosion') return false;
      return target.hasType(POISON) || (p.gen >= 2 && target.hasType(STEEL));
    case 'slp':
      return (
        ability === 'insomnia' ||
        ability === 'vitalspirit' ||
        ability === 'sweetveil' ||
        sleepClause(target, source)
      );
    case 'frz':
      return target.hasType(ICE) || ability === 'magmaarmor' || isSunny(p);
    default:
      return true;
  }
}

/** Sleep Clause: one sleeper a side by the foe's doing. A self-made sleep of somebody else is taken for one, too. */
function sleepClause(target: Side, source: Side | undefined): boolean {
  if (!source || source === target) return false;
  for (const pokemon of target.pokemon) {
    if (pokemon !== target.active && pokemon.status === 'slp' && pokemon.hp > 0) return true;
  }
  return false;
}
