import { safeLine } from '../util/safe-text.ts';
import { parseTemplate, TemplateRefusal } from './bounded-template.ts';
import type { GgufFile } from './gguf.ts';
import { ModelFileError } from './model-file-error.ts';
import type { PromptPart, Tokenizer } from './tokenizer.ts';

/** One message of a chat. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** How a model wants chats to be written. */
export interface ChatTemplate {
  /** Where it comes from: the file, or, where that has none, ChatML if the model has its tokens, else plain text. */
  readonly origin: 'file' | 'ChatML' | 'plain text';
  /**
   * The ids of a chat, up to where the model's answer begins. What messages say is text, whatever it looks like.
   *
   * @throws {ModelFileError} when the template is faulty, or cannot write these messages
   */
  encode(messages: readonly ChatMessage[]): number[];
}

type Render = (messages: readonly ChatMessage[]) => PromptPart[];

/** OpenAI's format, which many models use. */
const CHAT_ML = `{% for message in messages %}<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}`;

/*
 * A template never sees what messages say, but a mark for each, in the middle of two spaces of a rare kind. Marks are
 * characters for private use, and a template that trims contents takes the spaces away, which shows afterwards.
 */
const SPACE = '\u2003';
const BEGIN = '\ue000';
const END = '\ue001';
const MARK = new RegExp(`(${SPACE}?)${BEGIN}(\\d+)${END}(${SPACE}?)`, 'u');

function mark(index: number): string {
  return `${SPACE}${BEGIN}${index}${END}${SPACE}`;
}

/** The rendered text in parts, with contents in the places of their marks, trimmed where the template trims. */
function insertContents(rendered: string, messages: readonly ChatMessage[]): PromptPart[] {
  // Splitting by a pattern with groups gives text, three groups, text, and so on.
  const pieces = rendered.split(MARK);
  const parts: PromptPart[] = [{ text: pieces[0] ?? '', isTemplate: true }];
  const seen = new Set<number>();
  for (let i = 1; i + 3 < pieces.length; i += 4) {
    const [before, index, after, text = ''] = pieces.slice(i, i + 4);
    seen.add(Number(index));
    let content = messages[Number(index)]?.content ?? '';
    if (before === '') content = content.trimStart();
    if (after === '') content = content.trimEnd();
    parts.push({ text: content, isTemplate: false }, { text, isTemplate: true });
  }
  const missing = messages.findIndex((_, index) => !seen.has(index));
  if (missing === -1) return parts;
  throw new TemplateRefusal(`it leaves out message ${missing + 1}, of the ${messages[missing]?.role}`);
}

/** The messages with the system's at the beginning of the first that the user wrote, for models that know no system. */
function withoutSystem(messages: readonly ChatMessage[]): ChatMessage[] | null {
  const [system, user, ...rest] = messages;
  if (system?.role !== 'system' || user?.role !== 'user') return null;
  return [{ role: 'user', content: `${system.content}\n\n${user.content}` }, ...rest];
}

function createRender(source: string, tokenizer: Tokenizer): Render {
  const template = parseTemplate(source);
  const { bos, eos } = tokenizer;
  const render: Render = (messages) => {
    const rendered = template({
      messages: messages.map(({ role }, index) => ({ role, content: mark(index) })),
      add_generation_prompt: true,
      bos_token: bos === null ? '' : tokenizer.tokenOf(bos),
      eos_token: eos === null ? '' : tokenizer.tokenOf(eos),
    });
    return insertContents(rendered, messages);
  };
  return (messages) => {
    try {
      return render(messages);
    } catch (error) {
      const merged = error instanceof TemplateRefusal ? withoutSystem(messages) : null;
      if (merged === null) throw error;
      return render(merged);
    }
  };
}

/** For models that only go on with text: a message a paragraph. */
function renderPlainly(messages: readonly ChatMessage[]): PromptPart[] {
  return messages.map(({ content }) => ({ text: `${content}\n\n`, isTemplate: false }));
}

function choose(
  source: unknown,
  tokenizer: Tokenizer,
): { readonly origin: ChatTemplate['origin']; readonly render: Render } {
  if (typeof source === 'string') return { origin: 'file', render: createRender(source, tokenizer) };
  const hasChatMl = tokenizer.idOf('<|im_start|>') !== null && tokenizer.idOf('<|im_end|>') !== null;
  return hasChatMl
    ? { origin: 'ChatML', render: createRender(CHAT_ML, tokenizer) }
    : { origin: 'plain text', render: renderPlainly };
}

/**
 * The chat template of a model's file, `tokenizer.chat_template`, in the language of Jinja
 * (https://huggingface.co/docs/transformers/chat_templating).
 *
 * @throws {ModelFileError} when the template cannot be read
 */
export function createChatTemplate(
  { path, metadata }: Pick<GgufFile, 'path' | 'metadata'>,
  tokenizer: Tokenizer,
): ChatTemplate {
  const fail = (error: unknown): never => {
    const reason = safeLine(error instanceof Error ? error.message : String(error));
    throw new ModelFileError(`${path}: the chat template cannot be used: ${reason}`, { cause: error });
  };
  const chosen = (() => {
    try {
      return choose(metadata.get('tokenizer.chat_template'), tokenizer);
    } catch (error) {
      return fail(error);
    }
  })();
  return {
    origin: chosen.origin,
    encode(messages) {
      try {
        const ids = tokenizer.encodeParts(chosen.render(messages));
        const { bos, addsBos } = tokenizer;
        return addsBos && bos !== null && ids[0] !== bos ? [bos, ...ids] : ids;
      } catch (error) {
        return fail(error);
      }
    },
  };
}
