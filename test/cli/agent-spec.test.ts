import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { checkGiven, givenSettings, parseAgentSpec, settingsOf } from '../../src/cli/agent-spec.ts';
import { addModelOptions } from '../../src/cli/model-options.ts';

describe('an agent on the command line', () => {
  test('is a name, with settings that are parsed like the options of the same name', () => {
    expect(parseAgentSpec('calc')).toMatchObject({ name: 'calc', isModule: false, settings: {} });
    expect(parseAgentSpec('search:thinkMs=1000,worlds=8')).toMatchObject({
      name: 'search',
      settings: { thinkMs: 1000, worlds: 8 },
    });
    expect(parseAgentSpec('search:think-ms=50').settings).toEqual({ thinkMs: 50 });
    const llm =
      'llm:model=llama3.1:8b,baseUrl=http://localhost:11434/v1,prompt=compact,votes=3,strategy=direct';
    expect(parseAgentSpec(llm).settings).toEqual({
      model: 'llama3.1:8b',
      baseUrl: 'http://localhost:11434/v1',
      prompt: 'compact',
      votes: 3,
      strategy: 'direct',
    });
    expect(parseAgentSpec('llm:model=a,b,votes=2').settings).toEqual({ model: 'a,b', votes: 2 });
  });

  test('accepts every option of a language model that the commands have', () => {
    const options = addModelOptions(new Command()).options.map((option) => option.attributeName());
    const ofTheRun = ['giveUpAfter'];
    expect([...settingsOf({ name: 'llm' }), ...ofTheRun].sort()).toEqual(options.sort());
    const spec = 'llm:temperature=0.3,maxTokens=99,constrain=never,price=0.4,1.6,cache=./answers';
    expect(parseAgentSpec(spec).settings).toMatchObject({
      ...{ temperature: 0.3, maxTokens: 99, constrain: 'never', cache: './answers' },
      price: { input: 0.4, output: 1.6 },
    });
  });

  test.each([
    './mine.js',
    '../agents/mine.ts',
    '/home/me/mine.mjs',
    'mine.js',
    'C:\\agents\\mine.js',
    'file:///a.js',
  ])('may be the module %s', (path) => {
    expect(parseAgentSpec(path)).toMatchObject({ name: path, isModule: true });
  });

  test.each([
    ['nobody', /^There is no agent "nobody": choose one of llm, search, calc, .* \.\/mine\.js$/],
    ['', /^There is no agent ""/],
    ['constructor', /^There is no agent "constructor"/],
    ['search:speed=9', /^The agent search has no option "speed" .*: it takes thinkMs, worlds, depth$/],
    ['search:constructor=9', /^The agent search has no option "constructor"/],
    ['search:prompt=compact', /^The agent search has no option "prompt"/],
    ['search:thinkMs', /^The agent search has no option "thinkMs" \(expected NAME=VALUE\)/],
    ['search:', /^The agent search has no option ""/],
    ['search:thinkMs=soon', /^The agent search cannot play with thinkMs "soon": Expected a whole number/],
    ['llm:strategy=hope', /^The agent llm cannot play with strategy "hope": Allowed choices are direct/],
    ['calc:thinkMs=5', /^The agent calc has no option "thinkMs" .*: it takes none$/],
  ])('%j is an error of one line that names the alternatives', (text, message) => {
    expect(() => parseAgentSpec(text)).toThrow(message);
  });
});

test('an option that affects no agent is an error; one side’s agent is enough', () => {
  const given = (...args: string[]) => {
    const command = addModelOptions(new Command()).parse(args, { from: 'user' });
    return givenSettings(command);
  };
  const [calc, search, llm] = ['calc', 'search', 'llm'].map(parseAgentSpec) as [never, never, never];
  expect(given()).toEqual([]);
  expect(() => checkGiven(given('--prompt', 'compact'), [calc, search])).toThrow(
    '--prompt has no effect with calc and search: it is for llm; leave it out, or choose --agent llm',
  );
  expect(() => checkGiven(given('--think-ms', '5'), [calc])).toThrow(
    /^--think-ms has no effect with calc: it is for llm and search/,
  );
  checkGiven(given('--prompt', 'compact', '--think-ms', '5'), [calc, llm]);
  checkGiven(given('--think-ms', '5'), [calc, search]);
});
