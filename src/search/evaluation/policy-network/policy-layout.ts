import { CHOICE } from './choice-features.ts';
import { CONTEXT } from './context-features.ts';

/** Names of the policy network's inputs, in order; those of a choice repeat. */
export const POLICY_LAYOUT = { context: Object.keys(CONTEXT), choice: Object.keys(CHOICE) };
