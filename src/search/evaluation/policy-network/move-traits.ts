import type { ModelMove, Stages } from '../../../mechanics/model-move.ts';
import { CHOICE, CHOICE_INPUTS } from './choice-features.ts';

/** Traits of each move; a search needs the same few over and over. */
const known = new WeakMap<ModelMove, Float64Array>();

/** Inputs that a move has whatever the state, at the indices of {@link CHOICE}. */
export function traitsOf(move: ModelMove): Float64Array {
  let traits = known.get(move);
  if (!traits) {
    traits = new Float64Array(CHOICE_INPUTS);
    writeTraits(move, traits);
    known.set(move, traits);
  }
  return traits;
}

function writeTraits(move: ModelMove, out: Float64Array): void {
  const { accuracy, selfBoosts } = move;
  out[move.category === 'Status' ? CHOICE.isStatusMove : CHOICE.isAttack] = 1;
  if (accuracy < 1) out[CHOICE.mayMiss] = 1 - accuracy;
  out[CHOICE.costs] = move.hpCost;
  if (selfBoosts) {
    writeRaises(selfBoosts, 1, out);
    out[CHOICE.raisesDefence] = Math.max(0, selfBoosts.def + selfBoosts.spd) / 2;
    out[CHOICE.lowersSelf] = lowered(selfBoosts) / 2;
  }
  if (move.boosts) out[CHOICE.lowersFoe] = lowered(move.boosts) / 2;
  for (const { chance, boosts, selfBoosts: raised } of move.secondaries) {
    if (boosts) out[CHOICE.lowersFoe] = (chance * lowered(boosts)) / 2;
    if (raised) writeRaises(raised, chance, out);
  }
  out[CHOICE.makesSubstitute] = Number(move.selfVolatile === 'substitute');
  out[CHOICE.protects] = Number(move.protects);
  out[CHOICE.pivots] = Number(move.pivots || move.passesVolatiles);
  out[CHOICE.selfDestructs] = Number(move.selfDestructs);
  out[CHOICE.losesTurn] = Number(move.charges || move.recharges || move.needsPause);
  out[CHOICE.hampers] = Number(HAMPERING.has(move.volatile));
  out[CHOICE.confuses] = Number(move.volatile === 'confusion' || move.volatile === 'yawn');
  out[CHOICE.changesField] = Number(move.weather !== '' || move.terrain !== '' || move.pseudoWeather !== '');
}

const HAMPERING = new Set(['taunt', 'encore', 'disable', 'healblock', 'torment']);

function writeRaises({ atk, spa, spe }: Stages, chance: number, out: Float64Array): void {
  out[CHOICE.raisesAttack] = (chance * Math.max(0, atk, spa)) / 2;
  out[CHOICE.raisesSpeed] = (chance * Math.max(0, spe)) / 2;
}

function lowered({ atk, def, spa, spd, spe }: Stages): number {
  return -(Math.min(0, atk) + Math.min(0, def) + Math.min(0, spa) + Math.min(0, spd) + Math.min(0, spe));
}
