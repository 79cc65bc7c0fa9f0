"""Does a reply hold what was expected? Pure: what a person can read on one side, what is looked for on the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.francais.texte import cle
from bot.scenarios.vocabulaire import CASES, PREFIXE

TEXTE_MAXIMUM = 900  # characters in one message: more is not read on a phone
# What a card carries for the page or the map, and nobody reads.
_INVISIBLES = {"id", "latitude", "longitude", "etabli", "genre"}
_TROU = re.compile(r"\{[a-zéèê_]+\}")
# The two apologies, of the actions (utter_panne) and of the door (bot/channels/rest.py): an answer, but never a good one.
PANNES = ("Quelque chose ne marche pas de mon côté",)
# Said once, beside the first answer (utter_presentation): alone, it is not an answer.
PRESENTATION = "Je suis Établi, un programme (pas une personne)"


def lisible(messages: Iterable[Mapping[str, Any]]) -> list[str]:
    """All that a person can read in a reply, piece by piece: texts, cards, titles of buttons."""
    morceaux: list[str] = []
    for message in messages:
        morceaux += [str(message["text"])] if message.get("text") else []
        morceaux += list(_feuilles(_montre(message.get("custom"))))
        morceaux += titres([message])
    return morceaux


def _montre(custom: Any) -> Any:
    """Data that a page shows. The step of a form (``genre: etape``) only chooses a keyboard: its numbers are not read."""
    return None if isinstance(custom, Mapping) and custom.get("genre") == "etape" else custom


def boutons(messages: Iterable[Mapping[str, Any]]) -> list[Mapping[str, str]]:
    return [bouton for message in messages for bouton in message.get("buttons") or []]


def titres(messages: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(bouton.get("title", "")) for bouton in boutons(messages)]


def noms_des_reponses(messages: Iterable[Mapping[str, Any]]) -> list[str]:
    """The names of the answers that made a reply, in order, each once; empty when the bot does not tell (in production)."""
    return list(dict.fromkeys(str(message["reponse"]).removeprefix(PREFIXE) for message in messages if message.get("reponse")))


def contient(morceaux: Iterable[str], cherche: str) -> bool:
    """Whether a piece is read in one of the texts, case, accents and punctuation ignored.

    « gratuit » is found in « gratuites », but 15 neither in 115 nor in 2015; « 116 000 » and « 116000 » are the same number.
    """
    motif = _motif(cherche)
    return any(motif.search(_cle(morceau)) for morceau in morceaux)


def defaut(messages: list[Mapping[str, Any]]) -> str | None:
    """What no reply may ever be, whatever the message: silent, broken, with a hole in it, endless."""
    morceaux = lisible(messages)
    if not any(morceau.strip() for morceau in morceaux):
        return "aucune réponse lisible"
    if all(morceau.startswith(PRESENTATION) for morceau in morceaux):
        return "rien d'autre que la présentation"
    for morceau in morceaux:
        if "Traceback (most recent call last)" in morceau:
            return f"une trace d'erreur : {morceau[:200]}"
        if any(panne in morceau for panne in PANNES):
            return f"des excuses pour une panne : {morceau[:200]}"
        if _TROU.search(morceau):
            return f"une variable non remplie : {_TROU.findall(morceau)[0]} dans « {morceau[:200]} »"
        if len(morceau) > TEXTE_MAXIMUM:
            return f"un texte de {len(morceau)} caractères ({TEXTE_MAXIMUM} au plus) : « {morceau[:80]}… »"
    return None


def compris(vue: Mapping[str, Any]) -> list[str]:
    """The intention of the last turn, then the subjects of its questions."""
    return [nom for nom in (vue.get("intention"), *(vue.get("questions") or [])) if nom]


def compris_en_clair(vue: Mapping[str, Any] | None) -> str:
    """« faq/cout (0,85) ; ensuite faq/nombre (0,10) », or nothing where the bot does not tell."""
    if not vue or not vue.get("intention"):
        return ""
    noms = " et ".join(vue.get("questions") or [str(vue["intention"])])
    suivant = next((c for c in vue.get("classement") or [] if c.get("name") not in compris(vue)), None)
    suite = f" ; ensuite {suivant['name']} ({_nombre(suivant.get('confidence'))})" if suivant else ""
    return f"{noms} ({_nombre(vue.get('confiance'))}){suite}"


def _nombre(valeur: Any) -> str:
    return f"{float(valeur or 0):.2f}".replace(".", ",")


def retenu(vue: Mapping[str, Any], nom: str) -> str | None:
    valeur = (vue.get("retient") or {}).get(CASES.get(nom, nom))
    return None if valeur is None else str(valeur)


def pareil(gauche: str, droite: str) -> bool:
    return _cle(gauche) == _cle(droite)


def _feuilles(valeur: Any) -> Iterable[str]:
    if isinstance(valeur, Mapping):
        for nom, contenu in valeur.items():
            if nom not in _INVISIBLES:
                yield from _feuilles(contenu)
    elif isinstance(valeur, (list, tuple)):
        for contenu in valeur:
            yield from _feuilles(contenu)
    elif valeur is not None and not isinstance(valeur, bool):
        yield str(valeur)


def _cle(texte: str) -> str:
    """``cle``, or the bare text when it has no letter or digit of ours (an emoji, « € »)."""
    return cle(texte) or texte.strip()


def _motif(cherche: str) -> re.Pattern[str]:
    voulu = _cle(cherche)
    if voulu == cherche.strip() and not cle(cherche):
        return re.compile(re.escape(voulu))
    serre = re.sub(r"(?<=\d) (?=\d)", "", voulu)
    motif = re.sub(r"(?<=\d)(?=\d)", " ?", serre)
    return re.compile(("(?<!\\d)" if serre[0].isdigit() else "") + motif + ("(?!\\d)" if serre[-1].isdigit() else ""))
