"""``python -m bench.plusieurs``: fits ``bot/nlu/demande.json`` and the trees of ``bot/nlu/plusieurs.json``, and says what they find.

The classifier learns four fifths of the training messages, and none of ``plusieurs.tsv``: messages written with two questions, or
with one that looks like two. What it then thinks of these, and of the last fifth, teaches both, part by part: the trees never see what
the words of a clause say of it by heart. No evaluation message teaches anything.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Mapping, NamedTuple, Sequence

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from bench.apprentissage import GRAINE, Exemple, Probabilites, apprendre, exemples, peser_par_nom
from bot.francais.texte import cle
from bot.nlu.classifieur import PART_POUR_COMPARER
from bot.nlu.decoupe import decouper
from bot.nlu.demande import MOTS, Demande, mots_d_une_demande
from bot.nlu.lecture import COMBINABLES
from bot.nlu.plusieurs import ARBRES, Proposition, indices, paires, situer

ECRITS = Path(__file__).with_name("plusieurs.tsv")  # a label, or two joined by « | », a tab, the message
SEUILS = (0.3, 0.4, 0.5, 0.6)
_REGLAGES = {"n_estimators": 160, "learning_rate": 0.07, "max_depth": 4, "max_features": 0.4, "subsample": 0.7, "min_samples_leaf": 20, "random_state": GRAINE}
_FREQUENCE_MINIMALE, _REGULARITE, _POIDS_MINIMUM = 8, 0.2, 0.05  # of the words of a clause: half as many as at 4, for the same answers
_RIEN = Demande(0.0, {})
_PARTS = 4
_MOTS_D_UN_BOUT = 7
_UN_SUR = 3
_LIENS = (", ", " et ", "? ", " ? ", ", et ", " ? et ", ". ")


class Lu(NamedTuple):
    """A message as the classifier reads it: the whole, then clause by clause."""

    exemple: Exemple
    entier: Mapping[str, float]
    propositions: list[tuple[str, Mapping[str, float]]]

    def situer(self, demande: Demande) -> list[Proposition]:
        return situer(self.exemple.texte, self.propositions, demande)


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
    lus = [_lu(e, lire) for e in (*a_plusieurs, *seuls)]
    cas = _cas(lus, [_demande([lu for i, lu in enumerate(lus) if i % _PARTS != part]) for part in range(_PARTS)])
    _dire(cas, len(doubles), len(a_plusieurs), len(seuls))
    _ecrire_la_demande(_demande(lus))
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


def _lu(exemple: Exemple, lire: Probabilites) -> Lu:
    morceaux = decouper(exemple.texte)
    entier, *lues = lire([exemple.texte, *morceaux])
    return Lu(exemple, peser_par_nom(entier, lues, PART_POUR_COMPARER), list(zip(morceaux, lues)))


def _demande(lus: Sequence[Lu]) -> Demande:
    """A clause asks when its message asks what its label says, or asks as many things as it has clauses."""
    mots: list[set[str]] = []
    demandees: list[bool] = []
    for lu in lus:
        noms = lu.exemple.etiquettes
        toutes = len(noms) > 1 and len(noms) == len(lu.propositions)
        for p in lu.situer(_RIEN):
            mots.append(mots_d_une_demande(p.texte, p.etiquette, p.avant, p.suite))
            demandees.append(toutes or p.etiquette in noms)
    compte = CountVectorizer(analyzer=sorted, min_df=_FREQUENCE_MINIMALE, binary=True)
    modele = LogisticRegression(C=_REGULARITE, solver="liblinear", random_state=GRAINE).fit(compte.fit_transform(mots), demandees)
    poids = zip(compte.get_feature_names_out().tolist(), modele.coef_[0].tolist())
    return Demande(round(float(modele.intercept_[0]), 3), {mot: round(p, 3) for mot, p in poids if abs(p) >= _POIDS_MINIMUM})


def _cas(lus: Sequence[Lu], demandes: Sequence[Demande]) -> list[Cas]:
    """The pairs of every message, with the words of their clauses judged by who has not learned from it."""
    cas = []
    for rang, lu in enumerate(lus):
        situees, noms = lu.situer(demandes[rang % len(demandes)]), lu.exemple.etiquettes
        for paire in paires(situees):
            cas.append(Cas(rang, indices(lu.exemple.texte, lu.entier, paire, situees), len(noms) > 1 and paire.etiquettes <= set(noms)))
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


def _ecrire_la_demande(demande: Demande) -> None:
    lignes = ",\n".join(f"{json.dumps(mot, ensure_ascii=False)}: {poids}" for mot, poids in demande.poids.items())
    MOTS.write_text(f'{{"biais": {demande.biais},\n"poids": {{\n{lignes}\n}}}}\n', encoding="utf-8")


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
