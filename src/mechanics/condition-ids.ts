import { table } from '../util/table.ts';

/**
 * Ids of non-volatile statuses, weathers and terrains as in Showdown, except that weathers have ids of their own; `''`
 * for none.
 */
export type Status = '' | 'brn' | 'par' | 'psn' | 'tox' | 'slp' | 'frz';
export type Weather = '' | 'sun' | 'rain' | 'sand' | 'snow' | 'harshsun' | 'heavyrain' | 'wind';
export type Terrain = '' | 'electricterrain' | 'grassyterrain' | 'mistyterrain' | 'psychicterrain';

/** The mechanics' id of a weather, by Showdown's ids. */
export const WEATHERS: Readonly<Record<string, Weather>> = table({
  sunnyday: 'sun',
  desolateland: 'harshsun',
  raindance: 'rain',
  primordialsea: 'heavyrain',
  sandstorm: 'sand',
  hail: 'snow',
  snow: 'snow',
  snowscape: 'snow',
  deltastream: 'wind',
});
