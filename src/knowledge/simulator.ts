import { requirePackage } from '../util/require-package.ts';

/** What makes the teams of random battles: `@pkmn/randoms`. */
export const randoms: typeof import('@pkmn/randoms') = requirePackage('@pkmn/randoms');

/**
 * Pokémon Showdown's simulator, able to make random teams.
 *
 * `@pkmn/randoms` is CommonJS and brings the simulator's CommonJS build; an `import` of `@pkmn/sim` would load its
 * other build beside it, and with it all of its data a second time.
 */
export const simulator: typeof import('@pkmn/sim') = requirePackage('@pkmn/sim');

simulator.Teams.setGeneratorFactory(randoms.TeamGenerators);
