import { requirePackage } from '../util/require-package.ts';

/** The generators of random battle teams: `@pkmn/randoms`. */
export const randoms: typeof import('@pkmn/randoms') = requirePackage('@pkmn/randoms');

/**
 * Pokémon Showdown's simulator, able to make random teams.
 *
 * `@pkmn/randoms` is CommonJS and loads the simulator's CommonJS build; an `import` of `@pkmn/sim` would load its other
 * build as well, and with it all of its data a second time.
 */
export const simulator: typeof import('@pkmn/sim') = requirePackage('@pkmn/sim');

simulator.Teams.setGeneratorFactory(randoms.TeamGenerators);
