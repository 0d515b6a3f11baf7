import { table } from '../util/table.ts';
import type { SpeedAssessment } from './assessment.ts';
import { type Combatant, itemInEffect } from './combatant.ts';
import type { Stats } from './dex.ts';
import { isRain, isSand, isSnow, isSun, type Setting } from './setting.ts';
import { multiplied, oldStat, staged, stagesInEffect } from './stat-stages.ts';

/** Abilities that double Speed under a condition. */
const DOUBLERS: Readonly<Record<string, (setting: Setting) => boolean>> = table({
  chlorophyll: isSun,
  sandrush: isSand,
  slushrush: isSnow,
  surgesurfer: (setting) => setting.terrain === 'electricterrain',
  swiftswim: isRain,
});

const ITEM_FACTORS: Readonly<Record<string, number>> = table({
  choicescarf: 1.5,
  ironball: 0.5,
  machobrace: 0.5,
  poweranklet: 0.5,
  powerband: 0.5,
  powerbelt: 0.5,
  powerbracer: 0.5,
  powerlens: 0.5,
  powerweight: 0.5,
});

/** Fraction of Speed left under paralysis: a quarter until generation 6, a half since. */
const paralysed = (gen: number): number => (gen >= 7 ? 0.5 : 0.25);

/** Speed now, in points: stages, paralysis, item, ability, weather, terrain and Tailwind. */
export function speedNow(setting: Setting, combatant: Combatant): number {
  const { pokemon, ability, stats } = combatant;
  if (setting.gen === 1) return oldStat(combatant, 'spe');
  const stage = stagesInEffect(setting.gen, ability, pokemon.boosts.spe ?? 0);
  const speed = staged(setting.gen, stats.spe, stage);
  let factor = abilityFactor(setting, combatant);
  const item = itemInEffect(setting, combatant);
  // Klutz does not disable Iron Ball and the training items.
  const worn = ability === 'klutz' && combatant.item !== 'choicescarf' ? combatant.item : item;
  // Dynamax disables choice items.
  if (worn !== 'choicescarf' || !pokemon.volatiles.dynamax) factor *= ITEM_FACTORS[worn] ?? 1;
  if (worn === 'quickpowder' && combatant.species.name === 'Ditto') factor *= 2;
  if (combatant.side.conditions.tailwind) factor *= 2;
  if (pokemon.status !== 'par' || ability === 'quickfeet') return multiplied(speed, factor);
  // Up to generation 4 paralysis is one factor among others, and since then the last.
  const left = paralysed(setting.gen);
  if (setting.gen <= 2) return Math.max(1, Math.floor(speed * left));
  return setting.gen <= 4 ? multiplied(speed, factor * left) : Math.floor(multiplied(speed, factor) * left);
}

function abilityFactor(setting: Setting, combatant: Combatant): number {
  const { pokemon, ability } = combatant;
  if (DOUBLERS[ability]?.(setting)) return 2;
  switch (ability) {
    case 'quickfeet':
      return pokemon.status ? 1.5 : 1;
    case 'slowstart':
      return pokemon.volatiles.slowstart ? 0.5 : 1;
    case 'unburden':
      return combatant.item === '' && pokemon.volatiles.itemremoved ? 2 : 1;
    default:
      return raisesSpeed(setting, combatant) ? 1.5 : 1;
  }
}

/** Protosynthesis and Quark Drive raise the highest stat. */
function raisesSpeed(setting: Setting, combatant: Combatant): boolean {
  const { volatiles } = combatant.pokemon;
  // Neutralizing Gas and Gastro Acid suspend an active boost.
  if (combatant.ability === '') return false;
  if (volatiles.protosynthesisspe || volatiles.quarkdrivespe) return true;
  if (!combatant.entering) return false;
  const energy = combatant.item === 'boosterenergy';
  const wakes =
    (combatant.ability === 'protosynthesis' && (energy || isSun(setting))) ||
    (combatant.ability === 'quarkdrive' && (energy || setting.terrain === 'electricterrain'));
  return wakes && highestStat(combatant.stats) === 'spe';
}

/** The highest stat except HP; the earlier one on a tie. */
function highestStat(stats: Stats): string {
  const order = ['atk', 'def', 'spa', 'spd', 'spe'] as const;
  return order.reduce((best, stat) => (stats[stat] > stats[best] ? stat : best));
}

/** Items that make their holder act last at its priority. */
const LAST_ITEMS = ['laggingtail', 'fullincense'];

/**
 * Who would act first at equal priority.
 *
 * @param foes hypotheses about the opponent with their weights
 */
export function speedOrder(
  setting: Setting,
  own: Combatant,
  foes: readonly { readonly combatant: Combatant; readonly weight: number }[],
): SpeedAssessment {
  const ownSpeed = speedNow(setting, own);
  const trickRoom = Boolean(setting.conditions.trickroom);
  let slowest = Number.POSITIVE_INFINITY;
  let fastest = 0;
  let ownFirst = 0;
  let total = 0;
  for (const { combatant, weight } of foes) {
    const speed = speedNow(setting, combatant);
    slowest = Math.min(slowest, speed);
    fastest = Math.max(fastest, speed);
    ownFirst += weight * firstChance(setting, own, combatant);
    total += weight;
  }
  return {
    own: ownSpeed,
    foe: [slowest, fastest],
    ownFirst: total > 0 ? ownFirst / total : 0.5,
    ...noteOf(setting, own, foes, trickRoom),
  };
}

/** Chance that one of two Pokémon acts first when both use a move of the same priority; ties are even. */
export function firstChance(setting: Setting, own: Combatant, foe: Combatant): number {
  const ownLast = movesLast(setting, own);
  if (ownLast !== movesLast(setting, foe)) return ownLast ? 0 : 1;
  const [ownSpeed, foeSpeed] = [speedNow(setting, own), speedNow(setting, foe)];
  if (ownSpeed === foeSpeed) return 0.5;
  return ownSpeed > foeSpeed !== Boolean(setting.conditions.trickroom) ? 1 : 0;
}

/** Whether a Pokémon acts after all others of the same priority. */
export function movesLast(setting: Setting, combatant: Combatant): boolean {
  return combatant.ability === 'stall' || LAST_ITEMS.includes(itemInEffect(setting, combatant));
}

function noteOf(
  setting: Setting,
  own: Combatant,
  foes: readonly { readonly combatant: Combatant }[],
  trickRoom: boolean,
): { readonly note?: string } {
  const notes: string[] = [];
  if (trickRoom) notes.push('Trick Room: the slower one acts first');
  const scarves = foes.filter(({ combatant }) => combatant.item === 'choicescarf').length;
  if (scarves > 0) {
    notes.push(scarves === foes.length ? 'foe holds a Choice Scarf' : 'foe may hold a Choice Scarf');
  }
  if (own.side.conditions.tailwind) notes.push('own Tailwind');
  if (foes[0]?.combatant.side.conditions.tailwind) notes.push("foe's Tailwind");
  if (own.pokemon.status === 'par') notes.push('own Pokémon is paralysed');
  if (foes[0]?.combatant.pokemon.status === 'par') notes.push('foe is paralysed');
  if (own.ability === 'myceliummight') notes.push('own status moves act last (Mycelium Might)');
  if (foes.length > 0 && foes.every(({ combatant }) => combatant.ability === 'myceliummight')) {
    notes.push("foe's status moves act last (Mycelium Might)");
  }
  if (itemInEffect(setting, own) === 'quickclaw') notes.push('own Quick Claw may act first');
  return notes.length > 0 ? { note: notes.join('; ') } : {};
}
