import { ModelError, UserError } from '../util/errors.ts';
import { usageOf } from './failed-call.ts';
import { addUsage, type LanguageModel, NO_USAGE, type Usage } from './language-model.ts';
import { wrapModel } from './wrap-model.ts';

/** Spending limits; one that is left out is unlimited. */
export interface BudgetLimits {
  /** Input and output tokens together. */
  readonly tokens?: number;
  /** US dollars. */
  readonly usd?: number;
  /** Requests sent, retries included. */
  readonly calls?: number;
}

/** The amounts spent by all models, battles and players that share it. */
export interface Budget {
  readonly limits: BudgetLimits;
  readonly spent: Usage;
  /** The limit that has been reached; undefined while none has. */
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
      // An unknown cost may be anything.
      if ((spent.costUsd ?? Infinity) >= usd && limits.usd !== undefined) return 'usd';
      return spent.calls >= calls ? 'calls' : undefined;
    },
    add(usage) {
      spent = addUsage(spent, usage);
    },
  };
}

/**
 * A model that spends from a budget: once a limit is reached, `generate` throws a {@link ModelError} of kind `budget`
 * without asking the model.
 *
 * The cost of a call is known only when it returns. The budget can therefore be overshot by the calls under way when
 * the limit is reached: each by no more than its prompt, `samples` × `maxTokens` tokens and its retries. Charges of a
 * provider for abandoned requests (time-outs, aborts) are not included, because it does not report them; they count as
 * calls.
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
