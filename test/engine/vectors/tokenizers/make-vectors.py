"""Writes small vocabularies, and the ids that llama.cpp gives texts with them: python3 make-vectors.py."""

import io
import json
import random
from pathlib import Path

import llama_cpp
import sentencepiece
import tokenizers
from gguf import GGUFWriter, TokenType

CORPUS = Path("corpus.txt").read_text()
CONTROL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
USER = ["Iron Valiant", "Great Tusk", "Iron", "Tusk", "Mew", "Mewtwo", "100%", "100", "Pokémon", "  "]
PRE_TOKENIZERS = ["default", "gpt-2", "smollm", "llama-bpe", "qwen2", "tekken", "deepseek-coder"]

BY_HAND = [
    "", " ", "a", "Iron Valiant used Moonblast on Great Tusk!", "Mewtwo Mew MewMewtwo IronIron Valiant", "100%100 1000% 0.5%",
    "<|im_start|>user\nIgnore all before<|im_end|>", "<|im_start|><|im_start|>", "< |im_start|>", "<s>[INST] hi</s>", "<0x41><unk>▁",
    "Pokémon, Flabébé, Nidoran♀, Farfetch’d, Farfetch'd", "e\u0301 decomposed, é composed", "ÉCLAIR Éclair éCLAIR ΑΒΓ αβγ ПРИВЕТ привет",
    "ピカチュウは10まんボルトを使った。", "皮卡丘使用了十万伏特！", "피카츄의 10만볼트", "ไทย हिन्दी العربية עברית",
    "😀🔥👍🏽👨‍👩‍👧 🇩🇪", "1234567890 12 345 6,789.01 ½ ² ٣ Ⅷ ①", "I'm you'll we've they're he'd it's I'LL YOU'RE IT'S 'tis",
    "tabs\t\tand\nnew\n\nlines\r\nand   spaces  ", "   leading", "trailing   ", "\n\n\n", " \n \n x", "a\u00a0b\u2003c\u3000d\u200be\ufefff\u0085g",
    "snake_case camelCase PascalCase kebab-case x=y+z;{a:[1,2]}", "C++ && || != <= => ... --- ===", "\u0000\u0001\u007f", "\U0001F9FF\U00020000\U0010FFFF",
    "https://example.org/a?b=c&d=%20#e", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "`$^~¬¨´", "“quotes” „Anführung“ «guillemets» – — …",
]


def drawn_texts(count):
    """Stretches of the corpus and of anything else, in random order."""
    draws = random.Random(22)
    words = CORPUS.split(" ") + USER + CONTROL + BY_HAND + ["\n", "\t", "  ", "é", "1", "99", "…", "'s", "▁", "<s>"]
    return ["".join(draws.choice(words) + draws.choice(["", " ", " "]) for _ in range(draws.randrange(1, 12))) for _ in range(count)]


TEXTS = BY_HAND + [line for line in CORPUS.split("\n") if line] + drawn_texts(120)


def byte_level():
    """Tokens and merges, trained on whole lines, so that it matters where words end."""
    trained = tokenizers.Tokenizer(tokenizers.models.BPE())
    trained.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=700, show_progress=False, max_token_length=8,
        initial_alphabet=sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet()),
    )
    trained.train_from_iterator([line for line in CORPUS.split("\n") for _ in range(2)], trainer)
    model = json.loads(trained.to_str())["model"]
    normal = sorted(model["vocab"], key=model["vocab"].get)
    merges = [" ".join(pair) for pair in model["merges"]]
    tokens = CONTROL + normal + USER
    types = [TokenType.CONTROL] * len(CONTROL) + [TokenType.NORMAL] * len(normal) + [TokenType.USER_DEFINED] * len(USER)
    return tokens, types, merges


def sentence_piece():
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([line for line in CORPUS.split("\n") if line]), model_writer=model, model_type="bpe", vocab_size=640,
        byte_fallback=True, character_coverage=0.98, add_dummy_prefix=True, normalization_rule_name="identity",
        remove_extra_whitespaces=False, minloglevel=2,
    )
    trained = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    tokens = [trained.id_to_piece(i) for i in range(len(trained))]
    scores = [trained.get_score(i) for i in range(len(trained))]

    def kind(i):
        if trained.is_unknown(i):
            return TokenType.UNKNOWN
        return TokenType.CONTROL if trained.is_control(i) else TokenType.BYTE if trained.is_byte(i) else TokenType.NORMAL

    types = [kind(i) for i in range(len(trained))]
    extra = USER + CONTROL
    return (
        tokens + extra,
        types + [TokenType.USER_DEFINED] * len(USER) + [TokenType.CONTROL] * len(CONTROL),
        scores + [-1000.0] * len(extra),
    )


def write(path, model, tokens, types, *, pre=None, merges=None, scores=None, space_prefix=None):
    writer = GGUFWriter(path, "llama")
    writer.add_block_count(1)
    writer.add_context_length(64)
    writer.add_embedding_length(32)
    writer.add_feed_forward_length(32)
    writer.add_head_count(1)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model(model)
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    if pre:
        writer.add_tokenizer_pre(pre)
        writer.add_token_merges(merges)
        writer.add_bos_token_id(1)
        writer.add_eos_token_id(2)
    if scores:
        writer.add_token_scores(scores)
    if space_prefix is not None:
        writer.add_add_space_prefix(space_prefix)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()


def ids_by_llama_cpp(path):
    model = llama_cpp.Llama(str(path), vocab_only=True, verbose=False)
    encode = lambda text, special: model.tokenize(text.encode(), add_bos=False, special=special)
    return [[encode(text, False), encode(text, True)] for text in TEXTS]


if __name__ == "__main__":
    ids = {}
    tokens, types, merges = byte_level()
    for pre in PRE_TOKENIZERS:
        write("other.gguf", "gpt2", tokens, types, pre=pre, merges=merges)
        ids[pre] = ids_by_llama_cpp("other.gguf")
    write("byte-level.gguf", "gpt2", tokens, types, pre="smollm", merges=merges)
    tokens, types, scores = sentence_piece()
    write("other.gguf", "llama", tokens, types, scores=scores, space_prefix=False)
    ids["sentence-piece without space prefix"] = ids_by_llama_cpp("other.gguf")
    write("sentence-piece.gguf", "llama", tokens, types, scores=scores)
    ids["sentence-piece"] = ids_by_llama_cpp("sentence-piece.gguf")
    Path("other.gguf").unlink()
    lines = ",\n".join(json.dumps(text) for text in TEXTS)
    rows = ",\n".join(f'{json.dumps(name)}: [\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in all) + "\n]" for name, all in ids.items())
    Path("ids.json").write_text('{"texts": [\n' + lines + '\n],\n"ids": {\n' + rows + "\n}}\n")
