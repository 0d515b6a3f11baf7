/** Formes that logs and requests call by their base species, by that, and the ability that tells them. */
export const HIDDEN_FORMES: ReadonlyMap<string, { readonly ability: string; readonly forme: string }> =
  new Map([
    ['Greninja', { ability: 'battlebond', forme: 'Greninja-Bond' }],
    ['Rockruff', { ability: 'owntempo', forme: 'Rockruff-Dusk' }],
  ]);
