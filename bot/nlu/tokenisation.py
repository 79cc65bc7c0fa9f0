"""spaCy's French tokenizer, from ``fr_core_news_md``, without the pipes that nobody reads (4 ms a message)."""

from __future__ import annotations

from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

_PIPES_ETEINTS = ("tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "ner")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class TokeniseurSpacy(Tokenizer):
    """Tokens with their offsets, as every Rasa component that reads tokens expects them."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None, "modele": "fr_core_news_md"}

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._nlp = spacy.load(config["modele"], exclude=list(_PIPES_ETEINTS))

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        texte = message.get(attribute)
        return [Token(t.text, t.idx) for t in self._nlp.make_doc(texte) if not t.is_space]
