import { createRequire } from 'node:module';
import { TeamGenerators } from '@pkmn/randoms';

/**
 * Pokémon Showdown's simulator, able to make random teams.
 *
 * `@pkmn/randoms` is CommonJS and brings the simulator's CommonJS build; an `import` of `@pkmn/sim` would load its
 * other build beside it, and with it all of its data a second time.
 */
export const simulator: typeof import('@pkmn/sim') = createRequire(import.meta.url)('@pkmn/sim');

simulator.Teams.setGeneratorFactory(TeamGenerators);
