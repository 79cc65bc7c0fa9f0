"""``python -m bench.plusieurs``: fits the weights of ``bot/nlu/plusieurs.json``, and says what they give on the development half.

The classifier learns four fifths of the training messages. The rest, left alone or joined two by two, and the messages of
``plusieurs.tsv``, written with two questions each, teach what a message with two questions looks like. No evaluation message is
learned from.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bench.apprentissage import GRAINE, Exemple, Probabilites, apprendre, exemples, lire_un_message
from bot.francais.interrogation import est_une_question
from bot.nlu.decoupe import decouper
from bot.nlu.lecture import COMBINABLES
from bot.nlu.plusieurs import POIDS, indices, situer

ECRITS = Path(__file__).with_name("plusieurs.tsv")  # labels joined by « | », a tab, the message
PAIRES = 700
ENTOURES = 700
_MOTS_D_UNE_MOITIE = 11
_LIENS_D_UN_RECIT = (", ", ". ", ", ", " et ", ", et ", " mais ")
_LIENS = (" et ", " et ", "? ", " ? ", " ? Et ", "? ", ", ", ", et ", " et aussi ", " et sinon ", " puis ", ". ", " et ", " ")


def main() -> None:
    tous = exemples()
    hasard = np.random.default_rng(GRAINE)
    ordre = hasard.permutation(len(tous))
    tenus, vus = [tous[i] for i in ordre[: len(ordre) // 5]], [tous[i] for i in ordre[len(ordre) // 5 :]]
    lire = apprendre(vus)
    seuls = [e for e in tenus if e.etiquettes[0].split("/")[0] in COMBINABLES]
    messages = [*_ecrits(), *_paires(seuls, hasard), *_entoures(seuls, hasard), *(e for e in seuls if decouper(e.texte))]
    lignes, cibles = _tableau(messages, lire)
    poids = _ajuster(lignes, cibles)
    POIDS.write_text(json.dumps({"exemples": len(messages), "poids": poids}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{POIDS.name} : {len(messages)} messages, {len(cibles)} propositions, {int(sum(cibles))} qui posent leur question.")


def _ecrits() -> list[Exemple]:
    lignes = (ligne.split("\t") for ligne in ECRITS.read_text(encoding="utf-8").splitlines())
    return [Exemple(texte, tuple(etiquettes.split("|"))) for etiquettes, texte in lignes]


def _paires(seuls: list[Exemple], hasard: np.random.Generator) -> list[Exemple]:
    courts = [e for e in seuls if len(e.texte.split()) <= _MOTS_D_UNE_MOITIE]
    paires = []
    for _ in range(PAIRES):
        a, b = courts[hasard.integers(len(courts))], courts[hasard.integers(len(courts))]
        fin = "" if b.texte.rstrip()[-1:] in "?!." or hasard.random() < 0.5 else " ?"
        if a.etiquettes != b.etiquettes:
            lien = _LIENS[hasard.integers(len(_LIENS))]
            paires.append(Exemple(a.texte.rstrip(" ?.!") + lien + b.texte[0].lower() + b.texte[1:] + fin, a.etiquettes + b.etiquettes))
    return paires


def _entoures(seuls: list[Exemple], hasard: np.random.Generator) -> list[Exemple]:
    """One question beside a clause of somebody else's story that asks nothing."""
    recits = [c for e in seuls for c in decouper(e.texte) if len(c.split()) >= 4 and not est_une_question(c)]
    courts = [e for e in seuls if len(e.texte.split()) <= _MOTS_D_UNE_MOITIE]
    entoures = []
    for _ in range(ENTOURES):
        question, recit = courts[hasard.integers(len(courts))], recits[hasard.integers(len(recits))]
        lien = _LIENS_D_UN_RECIT[hasard.integers(len(_LIENS_D_UN_RECIT))]
        avant, apres = (recit, question.texte) if hasard.random() < 0.5 else (question.texte, recit)
        entoures.append(Exemple(avant.rstrip(" ?.!") + lien + apres, question.etiquettes))
    return entoures


def _tableau(messages: list[Exemple], lire: Probabilites) -> tuple[list[dict[str, float]], list[float]]:
    lignes, cibles = [], []
    for message in messages:
        morceaux = decouper(message.texte)
        entier, lues = lire_un_message(lire, message.texte, morceaux)
        situees = situer(message.texte, list(zip(morceaux, lues)))
        for proposition in situees:
            if proposition.etiquette.split("/")[0] in COMBINABLES:
                lignes.append(indices(message.texte, entier, proposition, situees))
                cibles.append(float(proposition.etiquette in message.etiquettes))
    return lignes, cibles


def _ajuster(lignes: list[dict[str, float]], cibles: list[float]) -> dict[str, list[float]]:
    noms = list(lignes[0])
    x, y = np.array([[ligne[n] for n in noms] for ligne in lignes]), np.array(cibles)
    moyennes, ecarts = x.mean(axis=0), x.std(axis=0) + 1e-6
    z = (x - moyennes) / ecarts

    def cout(b: np.ndarray) -> float:
        s = z @ b[:-1] + b[-1]
        return float((np.logaddexp(0, s) - y * s).mean() + 1e-3 * (b[:-1] ** 2).sum())

    b = minimize(cout, np.zeros(len(noms) + 1)).x
    trouves = {nom: [round(float(v), 5) for v in (moyennes[i], ecarts[i], b[i])] for i, nom in enumerate(noms)}
    return {**trouves, "biais": [round(float(b[-1]), 5)]}


if __name__ == "__main__":
    main()
