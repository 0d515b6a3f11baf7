import { chart } from '../knowledge/effectiveness.ts';

/** Types as small numbers. 0 is no type: neutral to everything, never a STAB. */
const TYPES = [
  '',
  'Normal',
  'Fire',
  'Water',
  'Electric',
  'Grass',
  'Ice',
  'Fighting',
  'Poison',
  'Ground',
  'Flying',
  'Psychic',
  'Bug',
  'Rock',
  'Ghost',
  'Dragon',
  'Dark',
  'Steel',
  'Fairy',
  'Stellar',
] as const;

const WIDTH = TYPES.length;

export const NO_TYPE = 0;
export const NORMAL = 1;
export const FIRE = 2;
export const WATER = 3;
export const ELECTRIC = 4;
export const GRASS = 5;
export const ICE = 6;
export const FIGHTING = 7;
export const POISON = 8;
export const GROUND = 9;
export const FLYING = 10;
export const PSYCHIC = 11;
export const BUG = 12;
export const ROCK = 13;
export const GHOST = 14;
export const DRAGON = 15;
export const DARK = 16;
export const STEEL = 17;
export const FAIRY = 18;
export const STELLAR = 19;

/** The number of a type's name; {@link NO_TYPE} for none and for unknown ones. */
export function typeNumber(name: string | undefined): number {
  return Math.max(0, TYPES.indexOf((name ?? '') as (typeof TYPES)[number]));
}

/** Multiplier of each attacking type on each defending one, row by row. */
export type TypeChart = Float64Array;

const charts = new Map<number, TypeChart>();

/** The type chart of a generation. */
export function typeChart(gen: number): TypeChart {
  let table = charts.get(gen);
  if (!table) {
    table = new Float64Array(WIDTH * WIDTH).fill(1);
    for (let attacking = NORMAL; attacking < STELLAR; attacking++) {
      for (let defending = NORMAL; defending < STELLAR; defending++) {
        table[attacking * WIDTH + defending] = chart(gen, TYPES[attacking] ?? '', TYPES[defending] ?? '');
      }
    }
    charts.set(gen, table);
  }
  return table;
}

/** Multiplier of an attacking type on one defending type. */
export function against(table: TypeChart, attacking: number, defending: number): number {
  return table[attacking * WIDTH + defending] ?? 1;
}
