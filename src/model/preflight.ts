import { setTimeout as sleep } from 'node:timers/promises';
import { ModelError, UserError } from '../util/errors.ts';
import { redactSecrets, safeLine } from '../util/safe-text.ts';
import { type Endpoint, findApiKey, OPENAI_BASE_URL, parseEndpoint } from './endpoint.ts';
import { FailedCallError, type FailureDetails, usageOf } from './failed-call.ts';
import {
  addUsage,
  type GenerateRequest,
  type LanguageModel,
  NO_USAGE,
  type Usage,
} from './language-model.ts';
import { hasModel, listModels, nearestNames } from './model-list.ts';
import { isAboutModel } from './refusal.ts';

/** How a model is tried. */
export interface PreflightOptions {
  /**
   * Base URL of the model's server.
   *
   * @default OpenAI's own API
   */
  readonly baseUrl?: string;
  /** The model's name on its server. */
  readonly name: string;
  /** The trial request. */
  readonly request: GenerateRequest;
  /**
   * How long to wait for a busy or silent server, in ms.
   *
   * @default 15,000
   */
  readonly waitMs?: number;
  /** Called with one line when there is something to wait for, and for other things a user should know. */
  readonly onNotice?: (line: string) => void;
}

const DEFAULT_WAIT_MS = 15_000;
/** Silence after which the user is told what is being waited for, in ms. */
const QUIET_MS = 2_000;
/** Between two tries, in ms. */
const PAUSE_MS = 1_000;
/** Time for a list of models, which only helps to explain an error, in ms. */
const LIST_MS = 3_000;
const NAMES_TOLD = 5;

/** Statuses of a server that is up and will be ready later. */
const BUSY: ReadonlySet<number> = new Set([408, 409, 425, 429, 502, 503, 504]);

/**
 * Tries a model with one real request before anything depends on it. Waits for a busy or silent server; the model's
 * answer itself does not matter.
 *
 * @returns what it cost
 * @throws {UserError} when the model cannot be used: in one line, what is wrong and what to do
 */
export async function tryModel(model: LanguageModel, options: PreflightOptions): Promise<Usage> {
  const { baseUrl = OPENAI_BASE_URL, request, waitMs = DEFAULT_WAIT_MS, onNotice = () => {} } = options;
  const endpoint = parseEndpoint(baseUrl);
  const seconds = Math.round(waitMs / 1000);
  const deadline = performance.now() + waitMs;
  let isReported = false;
  const tellWait = (what: string): void => {
    if (!isReported) onNotice(`Waiting up to ${seconds} s for ${model.id} at ${endpoint.address}: ${what}`);
    isReported = true;
  };
  const quiet = setTimeout(
    () => tellWait('it has not answered yet; it may be loading the model, or busy with other work'),
    QUIET_MS,
  );
  let usage = NO_USAGE;
  try {
    for (;;) {
      try {
        const result = await model.generate({ ...request, deadline });
        return addUsage(usage, result.usage);
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        usage = addUsage(usage, usageOf(error));
        const details = detailsOf(error);
        // A model that refuses to answer has been reached all the same.
        if (error.kind === 'refused' && details.status === undefined) return usage;
        if (error.kind === 'timeout' && details.answered) {
          onNotice(
            `${model.id} answers, but thinks longer than ${seconds} s: give decisions more time (--timeout)`,
          );
          return usage;
        }
        if (!isBusy(error) || performance.now() + PAUSE_MS >= deadline) {
          throw new UserError(await explain(error, model.id, endpoint, options), { cause: error });
        }
        tellWait(withoutId(error.message, model.id));
        await sleep(PAUSE_MS);
      }
    }
  } finally {
    clearTimeout(quiet);
  }
}

/** Whether the server is up and will be ready later. */
function isBusy(error: ModelError): boolean {
  const { status = 0, transient } = detailsOf(error);
  const isUnknownModel = isAboutModel(error.message) && !/\bload/i.test(error.message);
  return BUSY.has(status) && transient === true && !isUnknownModel;
}

function detailsOf(error: ModelError): FailureDetails {
  return error instanceof FailedCallError ? error.details : {};
}

async function explain(
  error: ModelError,
  id: string,
  endpoint: Endpoint,
  { name, waitMs = DEFAULT_WAIT_MS }: PreflightOptions,
): Promise<string> {
  const { message, kind } = error;
  const { status, unreachable } = detailsOf(error);
  const apiKey = findApiKey(endpoint);
  if (unreachable) return `${message}: is the server running, and the base URL right?`;
  if (kind === 'connection' && /broke off/.test(message) && endpoint.baseUrl.startsWith('http:')) {
    return `${message}; does it want https://?`;
  }
  if (kind === 'auth' || kind === 'connection') return message;
  const models = await listOf(endpoint, apiKey);
  if (kind === 'timeout' && status === undefined) {
    const seconds = Math.round(waitMs / 1000);
    const sign = models
      ? 'but GET /models is answered, so it is there: give it longer with --timeout'
      : 'nor to GET /models: is the server running, and the base URL right?';
    return `No answer from ${id} at ${endpoint.address} within ${seconds} s to one short question (POST /chat/completions), ${sign}`;
  }
  if (
    models &&
    models.length > 0 &&
    !hasModel(models, name) &&
    mayBeTheName(withoutId(message, id), status, name)
  ) {
    const shown = safeLine(redactSecrets(name, apiKey ? [apiKey] : []), 80);
    const near = nearestNames(models, name, NAMES_TOLD);
    const more = models.length > near.length ? `, and ${models.length - near.length} more` : '';
    return `${endpoint.address} has no model "${shown}": it has ${near.join(', ')}${more}; name one with --model`;
  }
  if (isAboutModel(message)) return `${message}; name another with --model`;
  const isWrongPath = !models && (status === 404 || status === 405 || kind === 'bad-response');
  const usual = isWrongPath ? await usualBaseUrl(endpoint, apiKey) : undefined;
  return usual === undefined ? message : `${message} Try --base-url ${usual}`;
}

/** Whether a refusal may be about the model's name, when the server does not list it. */
function mayBeTheName(words: string, status: number | undefined, name: string): boolean {
  if (status === undefined || status === 429) return false;
  return status === 404 || isAboutModel(words) || words.includes(name);
}

function listOf(endpoint: Pick<Endpoint, 'baseUrl'>, apiKey: string | undefined) {
  return listModels(endpoint, apiKey, AbortSignal.timeout(LIST_MS));
}

/** The usual base URL on the same server, if it lists models there. */
async function usualBaseUrl({ baseUrl }: Endpoint, apiKey: string | undefined): Promise<string | undefined> {
  const usual = new URL('/v1', baseUrl).href;
  if (usual === baseUrl) return undefined;
  return (await listOf({ baseUrl: usual }, apiKey)) && usual;
}

function withoutId(message: string, id: string): string {
  return message.startsWith(`${id}: `) ? message.slice(id.length + 2) : message;
}
