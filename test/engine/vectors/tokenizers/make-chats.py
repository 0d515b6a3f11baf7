"""Writes chats in several templates with the ids that llama.cpp gives what jinja2 renders: python3 make-chats.py."""

import json
from pathlib import Path

import jinja2
import llama_cpp

TEMPLATES = {
    "ChatML": (
        "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
        "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
    ),
    "like Llama 2": (
        "{% if messages[0].role == 'system' %}{% set system = '<<SYS>>\\n' + messages[0].content + '\\n<</SYS>>\\n\\n' %}"
        "{% set rest = messages[1:] %}{% else %}{% set system = '' %}{% set rest = messages %}{% endif %}"
        "{% for m in rest %}{% if m.role == 'user' %}{{ bos_token + '[INST] ' + (system if loop.first else '') + m.content.strip() + ' [/INST]' }}"
        "{% else %}{{ ' ' + m.content | trim + ' ' + eos_token }}{% endif %}{% endfor %}"
    ),
    "like Llama 3": (
        "{%- set date = strftime_now('%d %b %Y') if strftime_now is defined else '26 Jul 2024' -%}\n{{- bos_token }}\n"
        "{%- for message in messages %}\n    {{- '<|im_start|>' + message.role + '<|im_end|>\\n\\n' + message['content'] | trim }}\n"
        "    {%- if message.role == 'system' %}{{ ' Today: ' + date }}{% endif %}\n    {{- '<|endoftext|>' }}\n{%- endfor %}\n"
        "{%- if add_generation_prompt %}\n    {{- '<|im_start|>assistant<|im_end|>\\n\\n' }}\n{%- endif %}\n"
    ),
    "without a system": (
        "{{ bos_token }}{% for message in messages %}{% if message.role == 'system' %}{{ raise_exception('There is no system role') }}{% endif %}"
        "{% if (message.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Roles must alternate') }}{% endif %}"
        "{{ '<|im_start|>' ~ ('model' if message.role == 'assistant' else message.role) ~ '\\n' ~ message.content | trim ~ '<|im_end|>\\n' }}"
        "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>model\\n' }}{% endif %}"
    ),
    "forgets the system": (
        "{%- macro line(m) %}{{ m.role | upper }}: {{ m.content }}\n{% endmacro -%}\n"
        "{%- for m in messages if m.role != 'system' %}{{ line(m) }}{% endfor %}ASSISTANT:"
    ),
}

CHATS = [
    [("user", "Iron Valiant uses Moonblast.")],
    [("system", "You play Pokémon."), ("user", "  Great Tusk or Mewtwo?\n")],
    [("system", "\n  Be short. "), ("user", "1. move Encore"), ("assistant", "  1 "), ("user", "2. switch Dragapult\n\n")],
    [("user", "日本 😀"), ("assistant", "100%"), ("user", "é")],
]

VOCABULARIES = {"byte-level": ("<|im_start|>", "<|im_end|>"), "sentence-piece": ("<s>", "</s>")}


def refuse(message):
    raise jinja2.TemplateError(message)


def merged(chat):
    (_, system), (_, user), *rest = chat
    return [("user", f"{system}\n\n{user}"), *rest]


if __name__ == "__main__":
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
    environment.globals |= {"raise_exception": refuse, "strftime_now": lambda _: "26 Jul 2024"}
    cases = []
    for vocabulary, (bos, eos) in VOCABULARIES.items():
        model = llama_cpp.Llama(f"{vocabulary}.gguf", vocab_only=True, verbose=False)
        for name, source in TEMPLATES.items():
            for chat in CHATS:
                needs_merging = chat[0][0] == "system" and "system" in name
                messages = [{"role": role, "content": content} for role, content in (merged(chat) if needs_merging else chat)]
                text = environment.from_string(source).render(messages=messages, add_generation_prompt=True, bos_token=bos, eos_token=eos)
                ids = model.tokenize(text.encode(), add_bos=False, special=True)
                cases.append({"vocabulary": vocabulary, "template": name, "chat": chat, "ids": ids})
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    Path("chats.json").write_text(f'{{"templates": {json.dumps(TEMPLATES, indent=1)},\n"cases": [\n{lines}\n]}}\n')
