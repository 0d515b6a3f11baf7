import { Dex, type ModdedDex, type PokemonSet, type Species, Teams } from '@pkmn/sim';
import type { SideId } from '../src/battle/state.ts';
import type { Random } from '../src/util/random.ts';
import { rareTeam } from '../test/support/rare-sets.ts';
import { hostileName } from './hostile-names.ts';
import type { PlannedSet } from './planned-set.ts';

/** What exists in a generation, by name. */
interface Pool {
  readonly dex: ModdedDex;
  readonly species: readonly Species[];
  /** Formes that usually arise only in battle. */
  readonly battleFormes: readonly Species[];
  readonly moves: readonly string[];
  readonly items: readonly string[];
  readonly abilities: readonly string[];
}

/** A few things that many Pokémon of a battle share, so that they interact. */
interface Theme {
  readonly moves: readonly string[];
  readonly items: readonly string[];
  readonly abilities: readonly string[];
  /** How far the sets stray from what a game would allow. */
  readonly liberty: 'legal' | 'mixed' | 'anything';
  readonly hostile: boolean;
  readonly level: number | undefined;
}

/** Two teams of any Pokémon of a generation: some legal, some with anything at all. */
export function drawTeams(
  gen: number,
  doubles: boolean,
  random: Random,
): Readonly<Record<SideId, PlannedSet[]>> {
  const pool = poolOf(gen);
  const theme = drawTheme(pool, random);
  const size = (doubles ? 2 : 1) + random.below(3);
  const team = (): PlannedSet[] => {
    const sets = random.next() < 0.2 ? Teams.unpack(rareTeam(gen, size, random)) : undefined;
    const drawn = sets ?? Array.from({ length: size }, () => drawSet(pool, theme, random));
    return drawn.map((set, key) => ({ ...set, name: drawName(theme, set, key, random), key }));
  };
  return { p1: team(), p2: team() };
}

/** Most Pokémon have no nickname, so that two of a species have the same name. */
function drawName({ hostile }: Theme, { species }: PokemonSet, key: number, random: Random): string {
  if (hostile) return hostileName(key, random);
  return random.next() < 0.8 ? Dex.species.get(species).baseSpecies : `Nick${key}`;
}

/** Abilities that announce themselves under other names, and that only one species can have. */
const UNTELLABLE = new Set(['noability', 'asoneglastrier', 'asonespectrier']);

const pools = new Map<number, Pool>();

function poolOf(gen: number): Pool {
  let pool = pools.get(gen);
  if (!pool) {
    const dex = Dex.forGen(gen);
    const exists = ({ gen: since, isNonstandard }: { gen: number; isNonstandard: string | null }): boolean =>
      since > 0 && since <= gen && (isNonstandard === null || isNonstandard === 'Past');
    const all = dex.species.all().filter((species) => exists(species));
    const inBattleOnly = ({ battleOnly, isMega, isPrimal, name }: Species): boolean =>
      Boolean(battleOnly || isMega || isPrimal || name.endsWith('-Gmax') || name.endsWith('-Tera'));
    pool = {
      dex,
      species: all.filter((species) => !inBattleOnly(species)),
      battleFormes: all.filter(inBattleOnly),
      moves: dex.moves
        .all()
        .filter((move) => exists(move) && !move.isZ && !move.isMax && move.id !== 'struggle')
        .map(({ id }) => id),
      items:
        gen === 1
          ? ['']
          : dex.items
              .all()
              .filter((item) => exists(item) && !(gen > 2 && BOWS.has(item.id)))
              .map(({ id }) => id),
      abilities:
        gen < 3
          ? ['']
          : dex.abilities
              .all()
              .filter((ability) => exists(ability) && !UNTELLABLE.has(ability.id))
              .map(({ id }) => id),
    };
    pools.set(gen, pool);
  }
  return pool;
}

/** The bows of generation 2: the simulator has half of their effect, which no game has. */
const BOWS = new Set(['pinkbow', 'polkadotbow']);

function drawTheme({ moves, items, abilities }: Pool, random: Random): Theme {
  const some = (from: readonly string[], count: number): string[] =>
    Array.from({ length: count }, () => random.pick(from));
  return {
    moves: some(moves, 6),
    items: some(items, 2),
    abilities: some(abilities, 2),
    liberty: random.pick(['legal', 'legal', 'mixed', 'mixed', 'mixed', 'anything']),
    hostile: random.next() < 0.15,
    level: random.next() < 0.8 ? 100 : undefined,
  };
}

function drawSet(pool: Pool, theme: Theme, random: Random): PokemonSet {
  const { dex } = pool;
  const wild = theme.liberty === 'anything' || (theme.liberty === 'mixed' && random.next() < 0.5);
  const formes = wild && pool.battleFormes.length > 0 && random.next() < 0.1;
  const species = random.pick(formes ? pool.battleFormes : pool.species);
  const stat = (choices: readonly number[]): PokemonSet['evs'] => ({
    hp: random.pick(choices),
    atk: random.pick(choices),
    def: random.pick(choices),
    spa: random.pick(choices),
    spd: random.pick(choices),
    spe: random.pick(choices),
  });
  const moves = drawMoves(theme, wild ? pool.moves : movesOf(pool, species), random);
  return {
    name: species.name,
    species: species.name,
    moves,
    // A user of Frustration is assumed to have maximized its power.
    happiness: moves.includes('frustration') ? 0 : 255,
    item: drawItem(pool, theme, species, random),
    ability:
      wild && !hasFixedAbility(species) && random.next() < 0.7
        ? random.pick(random.next() < 0.5 ? theme.abilities : pool.abilities)
        : dex.gen < 3
          ? ''
          : random.pick(Object.values(species.abilities)),
    nature: dex.gen < 3 ? '' : random.pick(dex.natures.all()).name,
    evs: stat(dex.gen < 3 ? [252, 252, 0] : [0, 84, 252]),
    ivs: stat([31, 31, 31, 0]),
    level: theme.level ?? 1 + random.below(100),
    gender: '',
    ...(dex.gen === 9 ? { teraType: random.pick(dex.types.names()) } : {}),
    ...(dex.gen === 8 && random.next() < 0.3 ? { gigantamax: true } : {}),
  } as PokemonSet;
}

function drawMoves(theme: Theme, own: readonly string[], random: Random): string[] {
  const moves = new Set<string>();
  for (let tries = 0; moves.size < 4 && tries < 30; tries++) {
    moves.add(random.pick(random.next() < 0.35 ? theme.moves : own));
  }
  return [...moves];
}

/** The moves that a species may learn, or any moves if these are too few. */
function movesOf(pool: Pool, species: Species): readonly string[] {
  const learnt = learnset(pool, species);
  return learnt.length < 4 ? pool.moves : learnt;
}

/** What it may learn by any means; for a forme without moves of its own, those of the species. */
function learnset({ dex, moves }: Pool, species: Species): string[] {
  const own = dex.species.getLearnsetData(species.id).learnset;
  const { learnset: learnt = {} } = own
    ? { learnset: own }
    : dex.species.getLearnsetData(dex.toID(species.baseSpecies));
  return moves.filter((id) => id in learnt);
}

/** Whether a Pokémon gets its ability from its forme: Mega Evolutions, Arceus with a plate and similar ones. */
function hasFixedAbility({ isMega, isPrimal, requiredItems }: Species): boolean {
  return Boolean(isMega || isPrimal || requiredItems);
}

/** Stones and crystals only have an effect for their own species. */
function drawItem({ dex, items }: Pool, theme: Theme, species: Species, random: Random): string {
  // Without its item an Arceus or Silvally does not have the type of its forme, which cannot be seen.
  const [required] = species.requiredItems ?? [];
  if (required !== undefined) return required;
  const roll = random.next();
  if (roll < 0.15) return '';
  if (roll < 0.3) return random.pick(theme.items);
  if (roll < 0.45) {
    const forms = dex.items.all().filter((item) => items.includes(item.id) && isMadeFor(item, species));
    if (forms.length > 0) return random.pick(forms).id;
  }
  return random.pick(items);
}

function isMadeFor(
  { megaStone, itemUser, zMove }: { megaStone?: unknown; itemUser?: readonly string[]; zMove?: unknown },
  species: Species,
): boolean {
  const stone = JSON.stringify(megaStone ?? '').includes(`"${species.baseSpecies}`);
  return (
    stone || itemUser?.includes(species.name) === true || (zMove === true && species.id.length % 3 === 0)
  );
}
