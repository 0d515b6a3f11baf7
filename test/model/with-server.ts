import { onTestFinished } from 'vitest';
import type { GenerateRequest } from '../../src/model/language-model.ts';
import { createOpenAIModel, type OpenAIOptions } from '../../src/model/openai.ts';
import {
  type MisbehavingServer,
  type MisbehavingServerOptions,
  startMisbehavingServer,
} from '../support/misbehaving-server.ts';

/** A server that lives as long as the running test. */
export async function serve(options: MisbehavingServerOptions = {}): Promise<MisbehavingServer> {
  const server = await startMisbehavingServer(options);
  onTestFinished(() => server.close());
  return server;
}

/** A model of that server, with waits short enough for tests. */
export function modelOf(server: Pick<MisbehavingServer, 'baseUrl'>, options: Partial<OpenAIOptions> = {}) {
  return createOpenAIModel({
    model: 'test-model',
    baseUrl: server.baseUrl,
    timeoutMs: 2000,
    backoffMs: 5,
    ...options,
  });
}

/** A request with one user message. */
export function ask(content: string, more: Partial<GenerateRequest> = {}): GenerateRequest {
  return { messages: [{ role: 'user', content }], ...more };
}
