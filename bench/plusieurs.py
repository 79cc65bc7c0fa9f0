"""``python -m bench.plusieurs``: fits the trees of ``bot/nlu/plusieurs.json``, and says what they find of messages left aside.

The classifier learns four fifths of the training messages, and none of ``plusieurs.tsv``: messages written with two questions, or
with one that looks like two. What it then thinks of these, and of the last fifth, teaches the trees. No evaluation message does.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier

from bench.apprentissage import GRAINE, Exemple, Probabilites, apprendre, exemples, lire_un_message
from bot.francais.texte import cle
from bot.nlu.decoupe import decouper
from bot.nlu.lecture import COMBINABLES
from bot.nlu.plusieurs import ARBRES, indices, paires, situer

ECRITS = Path(__file__).with_name("plusieurs.tsv")  # a label, or two joined by « | », a tab, the message
SEUILS = (0.3, 0.4, 0.5, 0.6)
_REGLAGES = {"n_estimators": 80, "learning_rate": 0.1, "max_depth": 3, "subsample": 0.7, "min_samples_leaf": 20, "random_state": GRAINE}
_PARTS = 4
_MOTS_D_UN_BOUT = 7
_UN_SUR = 3
_LIENS = (", ", " et ", "? ", " ? ", ", et ", " ? et ", ". ")


class Cas(NamedTuple):
    """A pair of clauses of message ``message``, and whether both ask their question."""

    message: int
    indices: dict[str, float]
    deux: bool


def main() -> None:
    ecrits, tous = _ecrits(), exemples()
    doubles = [e for e in ecrits if len(e.etiquettes) > 1]
    connus = {cle(m) for e in ecrits for m in (e.texte, *decouper(e.texte))}
    ordre = np.random.default_rng(GRAINE).permutation(len(tous))
    tenus, vus = [tous[i] for i in ordre[: len(ordre) // 5]], [tous[i] for i in ordre[len(ordre) // 5 :]]
    lire = apprendre([e for e in vus if cle(e.texte) not in connus])
    tenus = [*tenus, *(e for e in ecrits if len(e.etiquettes) == 1)]
    seuls = [*{cle(e.texte): e for e in tenus if e.etiquettes[0].split("/")[0] in COMBINABLES and decouper(e.texte)}.values()]
    a_plusieurs = [*doubles, *_a_trois(doubles)]
    cas = _cas([*a_plusieurs, *seuls], lire)
    _dire(cas, len(doubles), len(a_plusieurs), len(seuls))
    _ecrire(_ajuster(cas), list(cas[0].indices))
    print(f"{ARBRES.name} : {len(doubles)} messages à deux questions, {len(seuls)} à une seule, {len(cas)} paires de propositions.")


def _ecrits() -> list[Exemple]:
    lignes = (ligne.split("\t") for ligne in ECRITS.read_text(encoding="utf-8").splitlines())
    return [Exemple(texte, tuple(etiquettes.split("|"))) for etiquettes, texte in lignes]


def _a_trois(ecrits: list[Exemple]) -> list[Exemple]:
    """A short question of another message before or behind two: nobody wrote enough messages with three."""
    hasard = np.random.default_rng(GRAINE)
    coupes = [(decouper(e.texte), e.etiquettes) for e in ecrits]
    seules = [(m, nom) for morceaux, noms in coupes if len(morceaux) == len(noms) for m, nom in zip(morceaux, noms) if len(m.split()) <= _MOTS_D_UN_BOUT]
    trois = []
    for e in ecrits[::_UN_SUR]:
        bout, nom = seules[hasard.integers(len(seules))]
        lien = _LIENS[hasard.integers(len(_LIENS))]
        if nom not in e.etiquettes:
            derriere = hasard.random() < 0.5
            texte = f"{e.texte.rstrip(' ?.!')}{lien}{bout}" if derriere else f"{bout}{lien}{e.texte}"
            trois.append(Exemple(texte, (*e.etiquettes, nom)))
    return trois


def _cas(messages: list[Exemple], lire: Probabilites) -> list[Cas]:
    cas = []
    for rang, message in enumerate(messages):
        morceaux = decouper(message.texte)
        entier, lues = lire_un_message(lire, message.texte, morceaux)
        situees = situer(message.texte, list(zip(morceaux, lues)))
        for paire in paires(situees, COMBINABLES):
            deux = len(message.etiquettes) > 1 and paire.etiquettes <= set(message.etiquettes)
            cas.append(Cas(rang, indices(message.texte, entier, paire, situees), deux))
    return cas


def _ajuster(cas: list[Cas]) -> GradientBoostingClassifier:
    return GradientBoostingClassifier(**_REGLAGES).fit([list(c.indices.values()) for c in cas], [c.deux for c in cas])


def _dire(cas: list[Cas], doubles: int, a_plusieurs: int, seuls: int) -> None:
    """What is found of messages that the trees had not seen, each in its turn."""
    trouves: dict[float, dict[str, set[int]]] = {seuil: {"deux": set(), "tort": set()} for seuil in SEUILS}
    for part in range(_PARTS):
        modele = _ajuster([c for c in cas if c.message % _PARTS != part])
        reste = [c for c in cas if c.message % _PARTS == part]
        for c, p in zip(reste, modele.predict_proba([list(c.indices.values()) for c in reste])[:, 1]):
            for seuil in SEUILS:
                if p >= seuil and (c.deux if c.message < doubles else c.message >= a_plusieurs):
                    trouves[seuil]["deux" if c.deux else "tort"].add(c.message)
    for seuil, compte in trouves.items():
        print(f"seuil {seuil} : deux questions trouvées {len(compte['deux']) / doubles:.3f}, une seule prise pour deux {len(compte['tort']) / seuls:.4f}")


def _ecrire(modele: GradientBoostingClassifier, noms: list[str]) -> None:
    depart = float(np.log(modele.init_.class_prior_[1] / modele.init_.class_prior_[0]))
    arbres = [_noeuds(etage[0].tree_, modele.learning_rate) for etage in modele.estimators_]
    lignes = ",\n".join(json.dumps(arbre) for arbre in arbres)
    ARBRES.write_text(f'{{"noms": {json.dumps(noms)},\n"depart": {depart:.5f},\n"arbres": [\n{lignes}\n]}}\n', encoding="utf-8")


def _noeuds(arbre: object, pas: float) -> list[list[float] | float]:
    """A tree of scikit-learn as ``bot.nlu.plusieurs.Arbres`` reads it."""
    colonnes = zip(arbre.feature, arbre.threshold, arbre.children_left, arbre.children_right, arbre.value[:, 0, 0])
    return [round(float(v) * pas, 5) if bas < 0 else [int(f), round(float(s), 7), int(bas), int(haut)] for f, s, bas, haut, v in colonnes]


if __name__ == "__main__":
    main()
