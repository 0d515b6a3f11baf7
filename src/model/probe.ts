import { z } from 'zod';
import { redactSecrets, safeLine } from '../util/safe-text.ts';
import { findApiKey, parseEndpoint } from './endpoint.ts';
import { failureOf } from './openai-failure.ts';
import { openaiFetch } from './openai-fetch.ts';

/** Whether a model server is there. */
export interface ProbeResult {
  /** It answered, if only to say no. */
  readonly reachable: boolean;
  /** Names of its models, at most 100; empty where it does not list them. */
  readonly models: readonly string[];
  /** One line for people. */
  readonly detail: string;
}

const listSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * Looks whether a model server is there, by asking for its models (`GET /models`).
 *
 * @param timeoutMs how long to wait for the answer
 * @throws UserError for a bad base URL or a known provider's missing key
 */
export async function probeModel(baseUrl: string, timeoutMs = 1500): Promise<ProbeResult> {
  const endpoint = parseEndpoint(baseUrl);
  const apiKey = findApiKey(endpoint);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await openaiFetch(MAX_BODY_BYTES)(`${endpoint.baseUrl}/models`, {
      headers: apiKey ? { Authorization: `Bearer ${apiKey}` } : {},
      signal,
    });
    const list = response.ok ? listSchema.safeParse(await response.json().catch(() => undefined)) : undefined;
    const models = list?.success ? list.data.data.slice(0, 100).map(({ id }) => safeLine(id)) : [];
    return { reachable: true, models, detail: `${endpoint.address} answers with status ${response.status}` };
  } catch (error) {
    const why = signal.aborted ? `no answer within ${timeoutMs} ms` : failureOf(error, endpoint).message;
    const detail = safeLine(redactSecrets(`${endpoint.address}: ${why}`, apiKey ? [apiKey] : []));
    return { reachable: false, models: [], detail };
  }
}
