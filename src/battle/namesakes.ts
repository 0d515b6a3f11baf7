import type { Battle } from '@pkmn/client';
import type { ParsedLine } from './parse-event.ts';
import type { SideId } from './state.ts';

const HIDDEN = '';

/**
 * Hides benched Pokémon that share the name in a line but cannot be the one it is about: a Pokémon that ends a forme on
 * the bench has just fainted in it. The client would take the first of that name.
 *
 * @returns a function that undoes it, for after the line
 */
export function hideNamesakes(battle: Battle, { args }: ParsedLine): () => void {
  const [kind, ident = '', details = ''] = args;
  if (kind !== 'detailschange' || !BENCH_IDENT.test(ident)) return () => {};
  const { team, active } = battle[ident.slice(0, 2) as SideId];
  const named = team.filter((member) => member.originalIdent === ident && !active.includes(member));
  const base = (forme: string): string => battle.gen.species.get(forme)?.baseSpecies ?? forme;
  const becomes = base(details.replace(/,.*/, ''));
  const meant = named.find(({ fainted, speciesForme }) => fainted && base(speciesForme) === becomes);
  const others = meant ? named.filter((member) => member !== meant) : [];
  const name = (originalIdent: string): void => {
    for (const other of others) Object.assign(other, { originalIdent });
  };
  name(HIDDEN);
  return () => name(ident);
}

const BENCH_IDENT = /^p[12]: /;
