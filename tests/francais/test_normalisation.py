"""What is typed, turned into plain French."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.francais.contexte_sms import passage_oblige
from bot.francais.normalisation import cle, cle_lieu, normaliser, normaliseur, sans_accents

SMS = Path(__file__).resolve().parents[2] / "data" / "francais" / "sms.csv"
with SMS.open(encoding="utf-8", newline="") as _fichier:
    LEXIQUE = [(ligne["ecrit"], ligne["dit"]) for ligne in csv.DictReader(_fichier, delimiter=";")]


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("jveu savoir cb sa coute stpppp 😀", "je veux savoir combien ça coûte s'il te plaît"),
        ("c koi une ecole de production ??", "c'est quoi une école de production ?"),
        ("g 14 an jpeu minscrire ?", "j'ai 14 an je peux m'inscrire ?"),
        ("c ou ?", "c'est où ?"),
        ("ou c exactement", "où c'est exactement"),
        ("t un robot", "t'es un robot"),
        ("t ki toi", "t'es qui toi"),
        ("tes qui", "t'es qui"),
        ("jai pas le brevet", "j'ai pas le brevet"),
        ("cest payant", "c'est payant"),
        ("ya koi a lyon", "il y a quoi a lyon"),
        ("y a pas d internat", "il y a pas d'internat"),
        ("il y a un bus", "il y a un bus"),
        ("et ce que c payant", "est-ce que c'est payant"),
        ("ces quoi le prix", "c'est quoi le prix"),
        ("ça sert a koi sa ?", "ça sert a quoi ça ?"),
        ("sa mère est d'accord", "sa mère est d'accord"),
        ("lecole est loin", "l'école est loin"),
        ("l ecole est loin d ici", "l'école est loin d'ici"),
        ("askip on touche 500 balles", "à ce qu'il paraît on touche 500 euros"),
        ("y a de la thune a se faire", "il y a de l'argent a se faire"),
        ("mon daron veut ke jbosse", "mon père veut que je travaille"),
        ("jpp mdrrrr", "j'en peux plus mdr"),
        ("OUIIII", "oui"),
        ("allllez", "allez"),
        ("permis c", "permis c"),
        ("500 g de farine", "500 g de farine"),
        ("cap vs bac pro", "cap vs bac pro"),
        ("vs etes ou", "vous etes où"),
        ("un tas de trucs", "un tas de trucs"),
        ("<b>bonjour</b> &amp; merci <3", "bonjour et merci"),
        ("écris à Jean.Dupont@gmail.com stp", "écris à jean.dupont@gmail.com s'il te plaît"),
        ("une école à Laval, Dinan ou Lannion", "une école à laval, dinan ou lannion"),
        ("", ""),
    ],
)
def test_un_message_devient_du_francais_courant(texte: str, attendu: str) -> None:
    assert normaliser(texte) == attendu


@pytest.mark.parametrize(("ecrit", "dit"), LEXIQUE)
def test_ce_que_le_lexique_ecrit_ne_bouge_plus(ecrit: str, dit: str) -> None:
    assert normaliser(dit) == dit
    assert normaliser(normaliser(ecrit)) == normaliser(ecrit)


_MORCEAUX = st.sampled_from(
    [ecrit for ecrit, _ in LEXIQUE] + "c g t j k l d ou sa ces y a et ce que est ? ! , ' - stpppp 12 lecole jveux tes ta qu n 😀 :) <b> &amp;".split()
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(_MORCEAUX, max_size=9).map(" ".join), st.lists(_MORCEAUX, max_size=5).map("".join)))
def test_normaliser_deux_fois_ne_change_rien_de_plus(texte: str) -> None:
    une_fois = normaliser(texte)
    assert normaliser(une_fois) == une_fois


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_une_cle_est_stable_et_sans_accents(texte: str) -> None:
    assert cle(cle(texte)) == cle(texte)
    assert cle(texte).isascii()
    sans_accents(texte)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("L'Haÿ-les-Roses", "l hay les roses"), ("Œuvre  d’Art", "oeuvre d art"), ("ÉCOLE", "ecole"), ("e\u0301cole", "ecole"), ("  ", "")],
)
def test_la_cle_ne_garde_que_lettres_et_chiffres(texte: str, attendu: str) -> None:
    assert cle(texte) == attendu


def test_la_cle_d_un_lieu_ouvre_st_et_ste() -> None:
    assert cle_lieu("St-Étienne") == cle_lieu("saint etienne") == "saint etienne"
    assert cle_lieu("Ste Colombe") == "sainte colombe"


@pytest.mark.parametrize("texte", ["a" * 10_000, "c " * 5_000, "😀" * 10_000, "&amp;" * 2_000, "<" * 10_000, "jveux " * 1_700, "!?" * 5_000])
def test_dix_mille_caracteres_restent_rapides(texte: str) -> None:
    normaliseur()
    debut = time.perf_counter()
    normaliser(texte)
    assert time.perf_counter() - debut < 2


@pytest.mark.parametrize(("motif", "passage"), [(r"\bta (?=pas|quoi)", "ta "), (r"(?<!un )(c'est|t'es) ou\b", " ou"), ("a|b", ""), (r"(\d) ?balles?", "balle"), (r"xy?z", "x")])
def test_une_regle_n_est_cherchee_que_si_ce_qu_elle_contient_est_la(motif: str, passage: str) -> None:
    assert passage_oblige(motif) == passage
