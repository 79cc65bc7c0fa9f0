"""The repository's own rules: arrows between packages, one example one label, facts with sources, links that are allowed."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
import yaml
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.francais.normalisation import normaliser
from bot.francais.texte import cle
from bot.moteur.porte import LONGUEUR_MAXIMALE
from bot.nlu.encodeur import encodeur
from bot.nlu.lecture import COMBINABLES, FAQ
from bot.reglages import RACINE

COUCHES_PERMISES = {
    "francais": set(),
    "ecoles": {"francais", "base", "reglages", "migrations"},
    "sejours": {"francais", "base", "reglages", "ecoles"},
    "actions": {"francais", "ecoles", "sejours", "base", "reglages"},
    "nlu": {"francais", "reglages"},
    "moteur": {"francais", "nlu", "actions", "base", "reglages"},
    "channels": {"reglages"},
    "scenarios": {"francais", "reglages"},
    "pages": {"sejours", "ecoles", "scenarios", "francais", "base", "reglages", "conservation"},
}
BIBLIOTHEQUES = {
    "rasa_sdk": {"actions"},
    "rasa": {"nlu", "moteur", "channels"},
    "sqlalchemy": {"ecoles", "sejours", "actions", "moteur", "base", "migrations", "pages"},
    "starlette": {"pages"},
}
QUASI_COPIE = 0.97  # cosine of two sentences of four words or more
LETTRES_COMMUNES = 0.5  # cosine of their groups of three letters
CLE_DE_RASA = "utter_action"  # a key of an event, not the name of a response
POSEES_PAR_LA_MACHINE = {"message_vide", "message_trop_long", "que_du_bruit", "plusieurs_questions", "hesiter", "inconnu"} | {
    "confirmer_effacement",
    "garder_donnees",
    "demander_nouvelles",
}


def _imports(fichier: Path) -> set[str]:
    noms: set[str] = set()
    for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
        if isinstance(noeud, ast.Import):
            noms.update(alias.name for alias in noeud.names)
        elif isinstance(noeud, ast.ImportFrom) and noeud.module:
            noms.add(noeud.module)
    return noms


@pytest.mark.parametrize("couche", COUCHES_PERMISES)
def test_les_imports_vont_dans_un_seul_sens(couche: str) -> None:
    for fichier in (RACINE / "bot" / couche).rglob("*.py"):
        for nom in _imports(fichier):
            morceaux = nom.split(".")
            if morceaux[0] == "bot" and len(morceaux) > 1 and morceaux[1] != couche:
                assert morceaux[1] in COUCHES_PERMISES[couche], f"{fichier} importe {nom}"
            if morceaux[0] in BIBLIOTHEQUES:
                assert couche in BIBLIOTHEQUES[morceaux[0]], f"{fichier} importe {nom}"


def _exemples() -> dict[str, list[str]]:
    exemples: dict[str, list[str]] = {}
    for fichier in sorted((RACINE / "data" / "nlu").glob("*.yml")):
        for bloc in yaml.safe_load(fichier.read_text(encoding="utf-8"))["nlu"]:
            assert bloc["intent"] not in exemples, f"{bloc['intent']} est écrit deux fois"
            exemples[bloc["intent"]] = [ligne[2:].strip() for ligne in bloc["examples"].splitlines() if ligne.startswith("- ")]
    return exemples


def _reponses() -> dict[str, list[dict]]:
    reponses: dict[str, list[dict]] = {}
    for fichier in sorted((RACINE / "data" / "reponses").glob("*.yml")):
        lues = yaml.safe_load(fichier.read_text(encoding="utf-8"))["responses"]
        doubles = set(lues) & set(reponses)
        assert not doubles, f"{fichier.name} redit {doubles}"
        reponses.update(lues)
    return reponses


def test_chaque_intention_a_des_exemples_et_une_regle() -> None:
    domaine = yaml.safe_load((RACINE / "domain.yml").read_text(encoding="utf-8"))
    intentions = {next(iter(i)) if isinstance(i, dict) else i for i in domaine["intents"]}
    avec_exemples = {nom.split("/")[0] for nom in _exemples()}
    assert intentions - POSEES_PAR_LA_MACHINE == avec_exemples
    regles = "\n".join(f.read_text(encoding="utf-8") for f in (RACINE / "data" / "stories").glob("*.yml"))
    sans_regle = {i for i in intentions if not re.search(rf"intent: {i}\b", regles)}
    assert not sans_regle


def test_une_phrase_n_a_qu_une_etiquette() -> None:
    vues: dict[str, str] = {}
    for etiquette, phrases in _exemples().items():
        for phrase in phrases:
            forme = cle(phrase)
            if forme:
                assert vues.setdefault(forme, etiquette) == etiquette, f"« {phrase} » : {vues[forme]} et {etiquette}"


def test_deux_phrases_d_un_sujet_ne_se_recopient_pas() -> None:
    """The encoder finds « 19 ans c mort ? » and « 19 ans c'est mort ? » the same: one of them teaches nothing.

    It takes minutes for all of them: only those that share half of their letters with another are shown to it (of 64 pairs as near
    as 0.95, one alone shared a little less).
    """
    for etiquette, phrases in _exemples().items():
        longues = _qui_se_ressemblent([p for p in phrases if "/" in etiquette and len(p.split()) >= 4])
        if longues:
            vecteurs = encodeur().encoder([normaliser(p) or p for p in longues])
            proches = np.argwhere(np.triu(vecteurs @ vecteurs.T, 1) >= QUASI_COPIE)
            assert not len(proches), f"{etiquette} : " + " ; ".join(f"« {longues[a]} » et « {longues[b]} »" for a, b in proches)


def _qui_se_ressemblent(phrases: list[str]) -> list[str]:
    if len(phrases) < 2:
        return []
    lettres = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), sublinear_tf=True).fit_transform([normaliser(p) or p for p in phrases])
    communes = (lettres @ lettres.T).toarray()
    np.fill_diagonal(communes, 0)
    return [p for p, la_plus_proche in zip(phrases, communes.max(axis=1)) if la_plus_proche >= LETTRES_COMMUNES]


def test_une_quasi_copie_est_vue() -> None:
    copies = _qui_se_ressemblent(["19 ans c mort ?", "19 ans c'est mort ?", "combien coûte une année chez vous ?", "il y a un internat le week-end ?"])
    assert copies == ["19 ans c mort ?", "19 ans c'est mort ?"]
    a, b = encodeur().encoder([normaliser(p) for p in copies])
    assert a @ b >= QUASI_COPIE


def test_aucune_phrase_d_evaluation_n_est_apprise() -> None:
    apprises = {cle(p) for phrases in _exemples().values() for p in phrases}
    fichiers = list((RACINE / "tests" / "evaluation").glob("*.tsv"))
    assert fichiers, "les messages d'évaluation manquent dans tests/evaluation"
    for fichier in fichiers:
        with fichier.open(encoding="utf-8", newline="") as lu:
            for ligne in csv.DictReader(lu, delimiter="\t", quoting=csv.QUOTE_NONE):
                assert cle(ligne["message"]) not in apprises, f"{fichier.name} : « {ligne['message']} » est aussi apprise"


def test_chaque_sujet_a_sa_reponse_avec_titre_et_source() -> None:
    reponses = _reponses()
    for sujet in (nom for nom in _exemples() if nom.startswith(("faq/", "detresse/"))):
        reponse = reponses[f"utter_{sujet}"][0]
        assert reponse["metadata"]["sources"], sujet
        for source in reponse["metadata"]["sources"]:
            assert source["source"] and isinstance(source["date"], str), f"{sujet} : une date entre guillemets"
        if sujet.startswith("faq/"):
            assert len(reponse["metadata"]["titre"]) <= 20 and reponse["metadata"]["question"].endswith("?"), sujet


def test_les_liens_montres_sont_ceux_de_la_liste() -> None:
    with (RACINE / "data" / "ecoles" / "liens.csv").open(encoding="utf-8", newline="") as lu:
        permis = {ligne["adresse"] for ligne in csv.DictReader(lu, delimiter=";")}
    hotes = {urlsplit(adresse).netloc for adresse in permis}
    for nom, variantes in _reponses().items():
        for variante in variantes:
            for adresse in re.findall(r"https?://[^\s)»]+", variante.get("text", "")):
                assert adresse in permis, f"{nom} montre {adresse}"
    for fichier in (RACINE / "bot").rglob("*.py"):
        for hote in re.findall(r"https://([\w.-]+)", fichier.read_text(encoding="utf-8")):
            assert hote in hotes, f"{fichier} écrit l'hôte {hote}"


def test_les_textes_vont_sur_tous_les_canaux() -> None:
    for nom, variantes in _reponses().items():
        for variante in variantes:
            assert "\n\n" not in variante["text"], f"{nom} : une ligne vide coupe le message en deux"
            assert len(variante.get("buttons") or []) <= 3, nom
            for bouton in variante.get("buttons") or []:
                assert len(bouton["title"]) <= 24, f"{nom} : « {bouton['title']} »"


def test_les_reponses_nommees_dans_le_code_existent() -> None:
    reponses = _reponses()
    for fichier in [*(RACINE / "bot" / "actions").glob("*.py"), *(RACINE / "bot" / "moteur").glob("*.py")]:
        for nom in re.findall(r'"(utter_[a-z0-9_/]+[a-z0-9])"', fichier.read_text(encoding="utf-8")):
            assert nom in reponses or nom == CLE_DE_RASA, f"{fichier.name} nomme {nom}"


def test_la_limite_dite_est_la_limite_tenue() -> None:
    assert str(LONGUEUR_MAXIMALE) in _reponses()["utter_message_trop_long"][0]["text"]


def test_les_accolades_d_une_charge_sont_doublees() -> None:
    """Rasa fills ``{...}`` in buttons too: alone, they cost a failure in the log at each question, with what it was given."""
    charges = [b["payload"] for variantes in _reponses().values() for v in variantes for b in v.get("buttons") or []]
    assert [charge for charge in charges if re.search(r"[{}]", re.sub(r"\{\{[^{}]*\}\}", "", charge))] == []


def test_tout_ce_qui_peut_faire_hesiter_a_un_intitule() -> None:
    """« Tu veux savoir : 1… 2… » : a label without its words would be an apology."""
    reponses, exemples = _reponses(), _exemples()
    for nom in COMBINABLES - {FAQ}:
        assert reponses[f"utter_intitule/{nom}"][0]["text"].endswith("?")
    for nom in (n for n in reponses if n.startswith(f"utter_{FAQ}/") and f"{FAQ}/{n.split('/')[1]}" in exemples):
        assert reponses[nom][0]["metadata"]["question"]
