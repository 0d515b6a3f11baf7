import { stageFactor } from '../knowledge/stat-stages.ts';
import { NO_CHOICE, SWITCH } from './choices.ts';
import type { Side } from './side.ts';

/** Flail and Reversal: power by the user's HP, a fraction 0–1. */
export function flailPower(share: number): number {
  const pixels = Math.floor(48 * share);
  if (pixels <= 1) return 200;
  if (pixels <= 4) return 150;
  if (pixels <= 9) return 100;
  if (pixels <= 16) return 80;
  return pixels <= 32 ? 40 : 20;
}

/** Low Kick and Grass Knot: power by the target's weight. */
export function weightPower(kg: number): number {
  if (kg >= 200) return 120;
  if (kg >= 100) return 100;
  if (kg >= 50) return 80;
  if (kg >= 25) return 60;
  return kg >= 10 ? 40 : 20;
}

/** Heavy Slam and Heat Crash: power by how many times heavier the user is. */
export function weightRatioPower({ forme, foe }: Side): number {
  const ratio = forme.weight / Math.max(0.1, foe.forme.weight);
  if (ratio >= 5) return 120;
  if (ratio >= 4) return 100;
  if (ratio >= 3) return 80;
  return ratio >= 2 ? 60 : 40;
}

/** Gyro Ball: power by how much slower the user is. */
export function gyroPower(user: Side): number {
  const power = Math.floor((25 * comparedSpeed(user.foe)) / Math.max(1, comparedSpeed(user))) + 1;
  return Math.max(1, Math.min(150, power));
}

/** Electro Ball: power by how much faster the user is. */
export function electroPower(user: Side): number {
  const ratio = comparedSpeed(user) / Math.max(1, comparedSpeed(user.foe));
  if (ratio >= 4) return 150;
  if (ratio >= 3) return 120;
  if (ratio >= 2) return 80;
  return ratio >= 1 ? 60 : 40;
}

/** Speed with stages and paralysis, as Gyro Ball and Electro Ball compare it. */
function comparedSpeed({ forme, volatiles, active }: Side): number {
  const slowed = (active.status === 'par' ? 0.5 : 1) * (active.item === 'ironball' ? 0.5 : 1);
  return forme.spe * stageFactor(volatiles.spe) * slowed;
}

/** Trump Card: power by the PP left after this use. */
export function trumpPower({ active, forme }: Side): number {
  const left = active.pp(forme.moves.findIndex(({ id }) => id === 'trumpcard'));
  if (left <= 0) return 200;
  return left === 1 ? 80 : left === 2 ? 60 : left === 3 ? 50 : 40;
}

/** Sum of stages above zero. */
export function raisedStages({ volatiles: v }: Side): number {
  const up = (stage: number): number => (stage > 0 ? stage : 0);
  return up(v.atk) + up(v.def) + up(v.spa) + up(v.spd) + up(v.spe) + up(v.accuracy) + up(v.evasion);
}

/** Whether the active Pokémon is leaving by its side's choice. */
export function isLeaving({ choice, pokemon: team, active }: Side): boolean {
  return choice >= SWITCH && choice !== NO_CHOICE && team[choice - SWITCH] !== active;
}
