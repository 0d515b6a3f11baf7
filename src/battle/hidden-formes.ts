/**
 * Formes that logs and requests call by their base species: the base species' name, with the ability that gives the
 * forme away.
 */
export const HIDDEN_FORMES: ReadonlyMap<string, { readonly ability: string; readonly forme: string }> =
  new Map([
    ['Greninja', { ability: 'battlebond', forme: 'Greninja-Bond' }],
    ['Rockruff', { ability: 'owntempo', forme: 'Rockruff-Dusk' }],
  ]);
