import { toId } from '../battle/generations.ts';
import { type Combatant, itemInEffect } from './combatant.ts';
import { findSpecies, type Move } from './dex.ts';
import { abilityAgainst } from './effectiveness.ts';
import type { Setting } from './setting.ts';

/** Chance by stage, by generation; index 0 is a move without a raised ratio. */
const GEN_2 = [17 / 256, 32 / 256, 64 / 256, 85 / 256, 128 / 256];
const GENS_3_TO_5 = [1 / 16, 1 / 8, 1 / 4, 1 / 3, 1 / 2];
const GEN_6 = [1 / 16, 1 / 8, 1 / 2, 1];
const MODERN = [1 / 24, 1 / 8, 1 / 2, 1];

/**
 * Chance that an attack is a critical hit, 0–1. In generation 1 it depends on the user's base Speed, and Focus Energy
 * lowers it, as in the games. Moves outside of the damage formula are up to the caller.
 */
export function critChance(setting: Setting, user: Combatant, target: Combatant, move: Move): number {
  const { gen } = setting;
  if (gen === 1) return firstGeneration(user, move);
  if (['battlearmor', 'shellarmor'].includes(abilityAgainst(setting, user, target, move))) return 0;
  if (target.side.conditions.luckychant || move.willCrit === false) return 0;
  if (move.willCrit || user.pokemon.volatiles.laserfocus) return 1;
  if (user.ability === 'merciless' && /^(psn|tox)$/.test(target.pokemon.status ?? '')) return 1;
  const chances = gen === 2 ? GEN_2 : gen <= 5 ? GENS_3_TO_5 : gen === 6 ? GEN_6 : MODERN;
  return chances[Math.min(stageOf(setting, user, move), chances.length - 1)] ?? 0;
}

function firstGeneration({ pokemon, species }: Combatant, move: Move): number {
  // A transformed Pokémon keeps the ratio of its own species.
  const { baseStats } = findSpecies(1, pokemon.baseSpecies) ?? species;
  const half = Math.floor(baseStats.spe / 2);
  const focused = pokemon.volatiles.focusenergy ? Math.floor(half / 2) : Math.min(255, half * 2);
  const isHigh = (move.critRatio ?? 1) > 1;
  return (isHigh ? Math.min(255, focused * 4) : Math.floor(focused / 2)) / 256;
}

function stageOf(setting: Setting, user: Combatant, move: Move): number {
  const { volatiles, types } = user.pokemon;
  let stage = (move.critRatio ?? 1) - 1;
  if (volatiles.focusenergy) stage += setting.gen === 2 ? 1 : 2;
  if (volatiles.dragoncheer) stage += types.includes('Dragon') ? 2 : 1;
  stage += volatiles.gmaxchistrike ?? 0;
  if (user.ability === 'superluck') stage += 1;
  return stage + itemStages(itemInEffect(setting, user), toId(user.species.baseSpecies));
}

function itemStages(item: string, species: string): number {
  if (item === 'scopelens' || item === 'razorclaw') return 1;
  if (item === 'luckypunch') return species === 'chansey' ? 2 : 0;
  const isDuck = ['farfetchd', 'sirfetchd'].includes(species);
  return (item === 'leek' || item === 'stick') && isDuck ? 2 : 0;
}
