import { UserError } from '../util/errors.ts';

/** A model's file cannot be used: damaged, cut short, of another format, or with something this engine does not know. */
export class ModelFileError extends UserError {}
