import type { BattleEvent, PokemonRef } from '../battle/event.ts';
import type { SideId } from '../battle/state.ts';
import { safeLine } from '../util/safe-text.ts';
import type { BattleMemory } from './battle-memory.ts';
import { episodes } from './episodes.ts';
import { causeWords, percent } from './words.ts';

/** The best a Pokémon's move has done to another in this battle. */
export interface TriedMove {
  readonly user: PokemonRef;
  readonly move: string;
  readonly name: string;
  readonly target: PokemonRef;
  /** Most HP one use took, as a fraction of the maximum; uses without a critical hit count before those with one. */
  readonly best?: { readonly damage: number; readonly crit: boolean; readonly fainted: boolean };
  /** How the last use came to nothing, if it did, e.g. `no effect (Levitate)`. */
  readonly failure?: string;
}

function outcome(events: readonly BattleEvent[], targetId: string): Pick<TriedMove, 'best' | 'failure'> {
  let damage = 0;
  let crit = false;
  let fainted = false;
  let failure: string | undefined;
  for (const event of events) {
    if (event.type === 'fail') failure = 'failed';
    if (!('pokemon' in event) || event.pokemon.id !== targetId) continue;
    if (event.type === 'damage' && event.cause === undefined) {
      damage += event.before - event.after;
      fainted ||= event.after === 0;
    }
    if (event.type === 'crit') crit = true;
    if (event.type === 'immune') failure = `no effect${event.cause ? ` (${causeWords(event.cause)})` : ''}`;
  }
  if (damage > 0) return { best: { damage, crit, fainted } };
  return failure === undefined ? {} : { failure };
}

function better(known: TriedMove['best'], next: TriedMove['best']): TriedMove['best'] {
  if (!known || !next) return known ?? next;
  if (known.crit !== next.crit) return known.crit ? next : known;
  return next.damage > known.damage ? next : known;
}

/** Everything that was hit, or failed to be, by a use of a move. */
function targetsOf(
  action: Extract<BattleEvent, { type: 'move' }>,
  events: readonly BattleEvent[],
): ReadonlyMap<string, PokemonRef> {
  const targets = new Map<string, PokemonRef>();
  if (action.target) targets.set(action.target.id, action.target);
  for (const event of events) {
    const touched = (event.type === 'damage' && !event.cause) || event.type === 'immune';
    if (touched && event.pokemon.id !== action.pokemon.id) targets.set(event.pokemon.id, event.pokemon);
  }
  return targets;
}

/** Everything both sides have tried in a battle, the most recent last. */
export function triedMoves(memory: BattleMemory): readonly TriedMove[] {
  const tried = new Map<string, TriedMove>();
  for (const turn of memory.turns) {
    for (const { action, events } of episodes(turn)) {
      if (action?.type !== 'move') continue;
      for (const target of targetsOf(action, events).values()) {
        const key = `${action.pokemon.id} ${action.move} ${target.id}`;
        const known = tried.get(key);
        const { best, failure } = outcome(events, target.id);
        const bestYet = better(known?.best, best);
        tried.delete(key);
        tried.set(key, {
          user: action.pokemon,
          move: action.move,
          name: safeLine(action.name, 40),
          target,
          ...(bestYet ? { best: bestYet } : {}),
          ...(failure === undefined ? {} : { failure }),
        });
      }
    }
  }
  return [...tried.values()];
}

function resultWords({ best, failure, name }: TriedMove): string | undefined {
  if (!best) return failure === undefined ? undefined : `${name} ${failure}`;
  const remarks = [...(best.crit ? ['critical hit'] : []), ...(best.fainted ? ['fainted it'] : [])];
  if (failure !== undefined) remarks.push(`last time ${failure}`);
  return `${name} ${percent(best.damage)}${remarks.length > 0 ? ` (${remarks.join(', ')})` : ''}`;
}

/**
 * What has been tried between our side and one foe, a line for each pair of Pokémon: what our moves did to it, and what
 * its moves did to us, e.g. `your Milotic on foe Dragalge: Ice Beam 43%, Scald no effect`.
 *
 * @param limit most lines of each kind; the most recent are kept
 */
export function noteLines(
  tried: readonly TriedMove[],
  foe: PokemonRef,
  side: SideId,
  limit: number,
): readonly string[] {
  const lines = (by: 'own' | 'foe'): string[] => {
    const pairs = new Map<string, { head: string; results: string[] }>();
    for (const entry of tried) {
      const isOurs = entry.user.side === side;
      const involved = by === 'own' ? isOurs && entry.target.id === foe.id : entry.user.id === foe.id;
      const words = resultWords(entry);
      if (!involved || words === undefined || entry.user.side === entry.target.side) continue;
      const key = `${entry.user.id} ${entry.target.id}`;
      const [user, target] = [safeLine(entry.user.species, 40), safeLine(entry.target.species, 40)];
      const head = isOurs ? `your ${user} on foe ${target}` : `foe ${user} on your ${target}`;
      const pair = pairs.get(key) ?? { head, results: [] };
      pair.results.push(words);
      pairs.set(key, pair);
    }
    return [...pairs.values()].slice(-limit).map(({ head, results }) => `${head}: ${results.join(', ')}`);
  };
  return [...lines('own'), ...lines('foe')];
}
