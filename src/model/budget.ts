import { ModelError, UserError } from '../util/errors.ts';
import { usageOf } from './failed-call.ts';
import { addUsage, type LanguageModel, NO_USAGE, type Usage } from './language-model.ts';
import { wrapModel } from './wrap-model.ts';

/** The most that may be spent; what is not named is not limited. */
export interface BudgetLimits {
  /** Input and output tokens together. */
  readonly tokens?: number;
  /** US dollars. */
  readonly usd?: number;
  /** Requests sent, retries included. */
  readonly calls?: number;
}

/** What is spent by all models, battles and players that share it. */
export interface Budget {
  readonly limits: BudgetLimits;
  readonly spent: Usage;
  /** The limit that is reached; undefined while none is. */
  readonly exhausted?: keyof BudgetLimits;
  add(usage: Usage): void;
}

/** @throws {UserError} when a limit is not a number above 0 */
export function createBudget(limits: BudgetLimits): Budget {
  for (const [name, limit] of Object.entries(limits)) {
    if (limit !== undefined && !(limit > 0)) {
      throw new UserError(`A budget's limit of ${name} must be a number above 0, not ${limit}`);
    }
  }
  let spent = NO_USAGE;
  const { tokens = Infinity, usd = Infinity, calls = Infinity } = limits;
  return {
    limits,
    get spent() {
      return spent;
    },
    get exhausted() {
      if (spent.inputTokens + spent.outputTokens >= tokens) return 'tokens';
      // A cost that became unknown may be any.
      if ((spent.costUsd ?? Infinity) >= usd && limits.usd !== undefined) return 'usd';
      return spent.calls >= calls ? 'calls' : undefined;
    },
    add(usage) {
      spent = addUsage(spent, usage);
    },
  };
}

/**
 * A model that spends from a budget: once a limit is reached, `generate` throws a {@link ModelError} of kind
 * `budget` without asking the model.
 *
 * What a call costs is known only when it returns. The budget can therefore be overshot by the calls that are under
 * way when the limit is reached: each by no more than its prompt, `samples` × `maxTokens` tokens and its retries.
 * Not counted is what a provider may bill for requests that were abandoned (time-outs, aborts), since it does not
 * say; they count as calls.
 *
 * @throws {UserError} when the budget is limited in dollars and the model's price is not known
 */
export function withBudget(model: LanguageModel, budget: Budget): LanguageModel {
  if (budget.limits.usd !== undefined && model.price === undefined) {
    throw new UserError(
      `A budget in dollars needs the price of ${model.id}: name it with --price, add it to knowledge/model-prices.json, or limit tokens or calls instead`,
    );
  }
  return wrapModel(model, async (request) => {
    if (budget.exhausted) throw new ModelError('budget', `The budget of ${describeLimit(budget)} is spent`);
    try {
      const result = await model.generate(request);
      budget.add(result.usage);
      return result;
    } catch (error) {
      budget.add(usageOf(error));
      throw error;
    }
  });
}

function describeLimit({ limits, exhausted }: Budget): string {
  if (exhausted === 'usd') return `$${limits.usd}`;
  return `${exhausted && limits[exhausted]} ${exhausted}`;
}
