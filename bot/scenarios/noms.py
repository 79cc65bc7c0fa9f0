"""The names that a scenario may use, for whoever writes one: what each means, found by any word of it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.francais.texte import cle
from bot.scenarios import intitules, vocabulaire

_PAS_DITES_SEULES = ("morceau/", "bouton/", "widget/")
_LARGEUR = 90


def chapitres(mot: str = "") -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each key of a scenario with its names and what they mean, those that hold ``mot`` only; a chapter without any is left out."""
    sujets = [(nom, _sujet(nom, titre)) for nom, titre in intitules.des_sujets().items()]
    propres = [nom for nom in vocabulaire.reponses() if nom not in vocabulaire.sujets() and not nom.startswith(_PAS_DITES_SEULES)]
    reponses = [(nom, " ".join(str(vocabulaire.reponses()[nom].get("text", "")).split())) for nom in propres]
    voulu = cle(mot)
    for titre, noms in (
        ("comprend, et répond pour ceux en « faq/ »", sujets),
        ("répond", reponses),
        ("retient", list(intitules.des_souvenirs().items())),
    ):
        gardes = [(nom, sens if len(sens) <= _LARGEUR else f"{sens[:_LARGEUR]}…") for nom, sens in noms if voulu in cle(f"{nom} {sens}")]
        if gardes:
            yield titre, gardes


def _sujet(nom: str, titre: str) -> str:
    question = ((vocabulaire.reponses().get(nom) or {}).get("metadata") or {}).get("question")
    return f"{titre} : {question}" if question else titre
