/** A field of foreign data has not the expected form. */
export class FormError extends Error {
  /** @param expected e.g. `a number` */
  constructor(field: string | number, expected: string) {
    super(`expected ${expected} at "${field}"`);
  }
}

/** An object or list of parsed JSON whose fields nobody has checked yet. */
export type ForeignFields = Readonly<Record<string | number, unknown>>;

/**
 * Checks and gives one field. What is made of readers costs a fraction of a schema, where foreign data come many times
 * a second.
 *
 * @throws {FormError} when the field has another form
 */
export type FieldReader<T> = (from: ForeignFields, field: string | number) => T;

/** A text of at most so many characters. */
export function text(from: ForeignFields, field: string | number, most: number): string {
  const value = from[field];
  if (typeof value === 'string' && value.length <= most) return value;
  throw new FormError(field, `text of at most ${most} characters`);
}

export function number(from: ForeignFields, field: string | number): number {
  const value = from[field];
  if (Number.isFinite(value)) return value as number;
  throw new FormError(field, 'a number');
}

export function flag(from: ForeignFields, field: string | number): boolean {
  const value = from[field];
  if (typeof value === 'boolean') return value;
  throw new FormError(field, 'true or false');
}

export function object(from: ForeignFields, field: string | number): ForeignFields {
  const value = from[field];
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as ForeignFields;
  throw new FormError(field, 'an object');
}

/** A list of at most so many entries. */
export function list<T>(
  from: ForeignFields,
  field: string | number,
  most: number,
  read: FieldReader<T>,
): readonly T[] {
  const value = from[field];
  if (!Array.isArray(value) || value.length > most) throw new FormError(field, `a list of at most ${most}`);
  const entries: T[] = [];
  for (let index = 0; index < value.length; index++) entries.push(read(value as never, index));
  return entries;
}

/** What a reader gives, or undefined where there is no such field. */
export function optional<T>(
  from: ForeignFields,
  field: string | number,
  read: FieldReader<T>,
): T | undefined {
  return from[field] === undefined ? undefined : read(from, field);
}
