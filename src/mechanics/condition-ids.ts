/** Ids of non-volatile statuses, weathers and terrains, as Showdown has them but for the weathers; `''` for none. */
export type Status = '' | 'brn' | 'par' | 'psn' | 'tox' | 'slp' | 'frz';
export type Weather = '' | 'sun' | 'rain' | 'sand' | 'snow' | 'harshsun' | 'heavyrain' | 'wind';
export type Terrain = '' | 'electricterrain' | 'grassyterrain' | 'mistyterrain' | 'psychicterrain';
