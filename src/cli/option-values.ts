import { InvalidArgumentError } from 'commander';
import type { ModelPrice } from '../model/language-model.ts';

/** Parses an option that counts something. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('Expected a whole number from 1 on.');
  return value;
}

/** Parses an option that numbers something from 0 on. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new InvalidArgumentError('Expected a whole number from 0 on.');
  return value;
}

/** Parses an option that measures something. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('Expected a number above 0.');
  return value;
}

/** Parses an option that measures something from 0 on. */
export function measure(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0) || !Number.isFinite(value)) {
    throw new InvalidArgumentError('Expected a number from 0 on.');
  }
  return value;
}

/** Parses the price of a model: US dollars per million tokens in and out, `0.40,1.60`. */
export function modelPrice(text: string): ModelPrice {
  const parts = text.split(',');
  const [input = Number.NaN, output = Number.NaN] = parts.map((part) =>
    part.trim() === '' ? Number.NaN : Number(part),
  );
  if (parts.length !== 2 || !(input >= 0) || !(output >= 0) || !Number.isFinite(input + output)) {
    throw new InvalidArgumentError('Expected dollars per million tokens in and out, like 0.40,1.60.');
  }
  return { input, cachedInput: input, output };
}
