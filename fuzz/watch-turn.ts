import type { Battle, Pokemon } from '@pkmn/sim';

/** What the simulator made of a choice to use a move, before anything happened in the turn. */
export interface PlannedMove {
  readonly pokemon: Pokemon;
  /** Id of the move as it was chosen. */
  readonly move: string;
  readonly priority: number;
  /** Speed in points, as used to sort, without the effect of Trick Room. */
  readonly speed: number;
}

/** One hit, just before Substitute, Focus Sash and similar effects. */
export interface Strike {
  readonly target: Pokemon;
  readonly damage: number;
  readonly crit: boolean;
  /** Type multiplier, 0 for an immunity by type; undefined for moves of fixed damage. */
  readonly effectiveness: number;
  readonly type: string;
}

/** The first move of a turn, before which nothing happened: everything known at the decision still held. */
export interface FirstMove {
  readonly user: Pokemon;
  readonly move: string;
  readonly strikes: readonly Strike[];
  /** The protocol lines that it caused. */
  readonly lines: readonly string[];
  /** All active Pokémon as they were before. */
  readonly before: ReadonlyMap<Pokemon, AsItWas>;
}

/** What a move may change about a Pokémon. */
export interface AsItWas {
  readonly hp: number;
  readonly maxhp: number;
  readonly ability: string;
  readonly item: string;
  readonly species: string;
  readonly disguised: boolean;
  readonly stats: Pokemon['baseStoredStats'];
}

/** All active Pokémon as they are now. */
export function asTheyAre(sim: Battle): ReadonlyMap<Pokemon, AsItWas> {
  return new Map(
    sim.getAllActive(true).map((pokemon) => {
      const { hp, maxhp, ability, item, species, illusion, baseStoredStats } = pokemon;
      const stats = { ...baseStoredStats };
      return [
        pokemon,
        { hp, maxhp, ability, item, species: species.name, disguised: illusion !== null, stats },
      ];
    }),
  );
}

/** Callbacks for a turn. */
export interface TurnWatcher {
  onOrder(planned: readonly PlannedMove[]): void;
  onFirstMove(move: FirstMove): void;
}

/** Lines of the user's own gimmick. */
const GIMMICKS = new Set(['-mega', '-burst', 'detailschange', '-terastallize', '-zpower', '-heal']);

/** Whether a line before a move changes nothing for it except by its user's gimmick. */
function isIdle(line: string, user: Pokemon): boolean {
  const [, kind = '', subject = '', what] = line.split('|');
  if (kind === '' || kind === 't:' || kind === 'split') return true;
  const gimmick = GIMMICKS.has(kind) || (kind === '-start' && what === 'Dynamax');
  return gimmick && subject.startsWith(`${user.side.id}${'abc'[user.position]}:`);
}

/** Watches a battle of the simulator. Call the returned function whenever both sides are about to choose a move. */
export function watchTurns(sim: Battle, watcher: TurnWatcher): () => void {
  const { actions } = sim;
  let start = Number.POSITIVE_INFINITY;
  let running: { strikes: Strike[] } | undefined;
  const nothingBefore = (user: Pokemon): boolean =>
    start <= sim.log.length && sim.log.slice(start).every((line) => isIdle(line, user));

  const commit = sim.commitChoices.bind(sim);
  const speedOf = sim.getActionSpeed.bind(sim);
  let planned: Map<Pokemon, PlannedMove> | undefined;
  sim.getActionSpeed = (action) => {
    speedOf(action);
    if (!planned || action.choice !== 'move' || sim.log.length > start) return;
    // Trick Room inverts Speed: around 0 up to generation 4, then around 10,000.
    const isTurned = Boolean(sim.field.pseudoWeather.trickroom);
    const { pokemon, priority, speed, move } = action;
    const plain = isTurned ? (sim.gen <= 4 ? 0 : 10000) - speed : speed;
    planned.set(pokemon, { pokemon, move: move.id, priority, speed: Math.abs(plain) });
  };
  sim.commitChoices = () => {
    planned = new Map();
    const resolve = sim.turnLoop.bind(sim);
    sim.turnLoop = () => {
      sim.turnLoop = resolve;
      const all = [...(planned?.values() ?? [])];
      planned = undefined;
      if (sim.log.length === start) watcher.onOrder(all);
      resolve();
    };
    commit();
  };

  const runMove = actions.runMove.bind(actions);
  actions.runMove = (move, user, targetLoc, options) => {
    if (running || !nothingBefore(user) || options?.externalMove)
      return runMove(move, user, targetLoc, options);
    const from = sim.log.length;
    start = Number.POSITIVE_INFINITY;
    running = { strikes: [] };
    const before = asTheyAre(sim);
    runMove(move, user, targetLoc, options);
    const { strikes } = running;
    running = undefined;
    const id = typeof move === 'string' ? sim.dex.moves.get(move).id : move.id;
    watcher.onFirstMove({ user, move: id, strikes, lines: sim.log.slice(from), before });
  };
  const reckon = actions.getDamage.bind(actions);
  actions.getDamage = (source, target, move, quiet) => {
    const effectiveness =
      typeof move === 'object' && running
        ? target.runImmunity(move)
          ? 2 ** target.runEffectiveness(move)
          : 0
        : 0;
    const damage = reckon(source, target, move, quiet);
    if (running && typeof move === 'object' && source !== target) {
      const { crit } = target.getMoveHitData(move);
      // Negative damage is dealt as one point.
      const dealt = typeof damage === 'number' ? damage && Math.max(1, damage) : 0;
      running.strikes.push({ target, damage: dealt, crit, effectiveness, type: move.type });
    }
    return damage;
  };
  return () => {
    start = sim.log.length;
  };
}
