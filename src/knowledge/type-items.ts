import { table } from '../util/table.ts';

/** Items of generations 2 and 3 that strengthen moves of one type by a tenth. */
const TYPE_ITEMS: Readonly<Record<string, string>> = table({
  blackbelt: 'Fighting',
  blackglasses: 'Dark',
  charcoal: 'Fire',
  hardstone: 'Rock',
  magnet: 'Electric',
  metalcoat: 'Steel',
  miracleseed: 'Grass',
  mysticwater: 'Water',
  nevermeltice: 'Ice',
  poisonbarb: 'Poison',
  sharpbeak: 'Flying',
  silverpowder: 'Bug',
  softsand: 'Ground',
  spelltag: 'Ghost',
  twistedspoon: 'Psychic',
});

/** Generation 2 swaps the effects of two Dragon items. */
const OF_GENERATION: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  2: table({ dragonscale: 'Dragon', pinkbow: 'Normal', polkadotbow: 'Normal' }),
  3: table({ dragonfang: 'Dragon', silkscarf: 'Normal' }),
};

/** The type whose moves an item strengthens by a tenth in generation 2 or 3. */
export function strengthenedType(gen: number, item: string): string | undefined {
  return TYPE_ITEMS[item] ?? OF_GENERATION[gen]?.[item];
}
