import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { toId } from '../battle/generations.ts';
import { UserError } from '../util/errors.ts';
import { findMove, generation } from './dex.ts';

const FILE = new URL('../../knowledge/conditions.json', import.meta.url);

const conditionSchema = z
  .object({
    name: z.string(),
    text: z.string(),
    /** Other texts for older generations, by the last one they apply to. */
    until: z.record(z.string().regex(/^[1-9]$/), z.string()).optional(),
  })
  .strict();
const fileSchema = z.record(z.string(), conditionSchema);

type Conditions = ReadonlyMap<string, z.infer<typeof conditionSchema>>;

let conditions: Conditions | undefined;

function readConditions(): Conditions {
  const parsed = fileSchema.safeParse(JSON.parse(readFileSync(FILE, 'utf8')));
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join(' → ') || 'top level';
    throw new UserError(`knowledge/conditions.json, ${where}: not as knowledge/README.md describes it`, {
      cause: parsed.error,
    });
  }
  return new Map(Object.entries(parsed.data));
}

/** A status, hazard, weather or other condition for people: its name and its effect. */
export interface ConditionText {
  readonly name: string;
  /** One sentence; `''` when the effect is unknown. */
  readonly text: string;
}

/** What a move does beyond its damage, in one sentence; `''` for an unknown move. */
export function moveEffect(gen: number, id: string): string {
  return findMove(gen, id)?.shortDesc ?? '';
}

/** What an ability does, in one sentence; `''` for an unknown or no ability. */
export function abilityEffect(gen: number, id: string): string {
  const ability = generation(gen).dex.abilities.get(id);
  return ability.exists ? ability.shortDesc : '';
}

/** What a held item does, in one sentence; `''` for an unknown or no item. */
export function itemEffect(gen: number, id: string): string {
  const item = generation(gen).dex.items.get(id);
  return item.exists ? item.shortDesc || item.desc : '';
}

/**
 * Name and effect of any condition a state may name: status, hazard, screen, weather, terrain, room, volatile
 * condition. The words are those of `knowledge/conditions.json`, or else the dex's for the move or ability of that
 * name.
 *
 * @param id as in the state, e.g. `tox`, `stealthrock`, `protosynthesisatk`, `perish2`
 */
export function conditionEffect(gen: number, id: string): ConditionText {
  conditions ??= readConditions();
  const written = conditions.get(id) ?? conditions.get(baseOf(id));
  if (written) return { name: written.name, text: textFor(gen, written) };
  const { dex } = generation(gen);
  const effect = [dex.moves.get(id), dex.abilities.get(id), dex.items.get(id)].find(({ exists }) => exists);
  return effect ? { name: effect.name, text: effect.shortDesc } : { name: toId(id), text: '' };
}

/** Some ids contain a count or a stat: `perish2`, `fallen3`, `quarkdrivespe`. */
function baseOf(id: string): string {
  return id.replace(/\d+$/, '').replace(/^(protosynthesis|quarkdrive)(atk|def|spa|spd|spe)$/, '$1');
}

function textFor(gen: number, { text, until = {} }: z.infer<typeof conditionSchema>): string {
  const older = Object.keys(until)
    .map(Number)
    .sort((a, b) => a - b)
    .find((last) => gen <= last);
  return older === undefined ? text : (until[String(older)] ?? text);
}
