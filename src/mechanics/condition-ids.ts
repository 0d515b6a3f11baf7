import { table } from '../util/table.ts';

/** Ids of non-volatile statuses, weathers and terrains, as Showdown has them but for the weathers; `''` for none. */
export type Status = '' | 'brn' | 'par' | 'psn' | 'tox' | 'slp' | 'frz';
export type Weather = '' | 'sun' | 'rain' | 'sand' | 'snow' | 'harshsun' | 'heavyrain' | 'wind';
export type Terrain = '' | 'electricterrain' | 'grassyterrain' | 'mistyterrain' | 'psychicterrain';

/** The mechanics' weather of each of Showdown's ids. */
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
