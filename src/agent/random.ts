import type { Agent } from './agent.ts';

/** Uniform over all legal actions, switches and gimmicks included. */
export const randomAgent: Agent = {
  name: 'random',
  async decide(turn) {
    return { action: turn.random.pick(turn.actions) };
  },
};
