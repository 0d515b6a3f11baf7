import type { MainGimmick } from '../knowledge/gimmick.ts';
import type { Terrain, Weather } from './condition-ids.ts';
import { Pokemon } from './pokemon.ts';
import { Side } from './side.ts';
import type { TypeChart } from './types.ts';

/** Where in a turn a position waits. */
export type Stage = 'choose' | 'act' | 'residual' | 'over';

/**
 * A singles battle as the turn model sees it: mutable, and copied in place, so that a search allocates nothing. HP is
 * in points. Both sides are complete: a position is one *world*, with nothing unknown.
 */
export class SearchState {
  readonly gen: number;
  readonly chart: TypeChart;
  /** What a Pokémon of each side may do once. */
  readonly gimmick: MainGimmick | undefined;
  readonly sides: readonly [Side, Side];
  /** Uniform in [0, 1). */
  random: () => number;
  weather: Weather = '';
  /** Turns left; 0 for one without an end. */
  weatherTurns = 0;
  terrain: Terrain = '';
  terrainTurns = 0;
  trickRoom = 0;
  gravity = 0;
  /** Factor of Echoed Voice, and the turn in which somebody used it last. */
  echo = 0;
  echoedIn = -9;
  turn = 0;
  /** The last turn whose end has been played. */
  endedTurn = -1;
  stage: Stage = 'choose';
  /** Winner's index once over; −1 before, 2 for a tie. */
  winner = -1;

  constructor(
    gen: number,
    chart: TypeChart,
    gimmick: MainGimmick | undefined,
    sides: readonly [Side, Side],
    random: () => number,
  ) {
    this.gen = gen;
    this.chart = chart;
    this.gimmick = gimmick;
    this.sides = sides;
    this.random = random;
    sides[0].foe = sides[1];
    sides[1].foe = sides[0];
  }

  /** Takes on another position of the same world. */
  copyFrom(o: SearchState): void {
    this.sides[0].copyFrom(o.sides[0]);
    this.sides[1].copyFrom(o.sides[1]);
    this.weather = o.weather;
    this.weatherTurns = o.weatherTurns;
    this.terrain = o.terrain;
    this.terrainTurns = o.terrainTurns;
    this.trickRoom = o.trickRoom;
    this.gravity = o.gravity;
    this.echo = o.echo;
    this.echoedIn = o.echoedIn;
    this.turn = o.turn;
    this.endedTurn = o.endedTurn;
    this.stage = o.stage;
    this.winner = o.winner;
  }

  /** An independent position equal to this one. */
  clone(): SearchState {
    const [own, foe] = this.sides.map(cloneSide) as [Side, Side];
    const copy = new SearchState(this.gen, this.chart, this.gimmick, [own, foe], this.random);
    copy.copyFrom(this);
    return copy;
  }

  /** Whether something of this chance happens. */
  chance(probability: number): boolean {
    return probability >= 1 || (probability > 0 && this.random() < probability);
  }
}

function cloneSide(side: Side): Side {
  const team = side.pokemon.map(({ index, forme }) => new Pokemon(index, forme));
  return new Side(team, team[side.active.index] ?? (team[0] as Pokemon));
}
