"""Trades as they are said. « - » before a key: refused; « ? » a question."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.francais.metiers import LexiqueMetiers, MentionMetier

METIERS = Path(__file__).resolve().parents[2] / "data" / "ecoles" / "metiers.csv"
AUTO, BOIS, NUMERIQUE = "mécanique automobile", "? bois", "numérique - développement web et mobile"


@pytest.fixture(scope="module")
def lexique() -> LexiqueMetiers:
    return LexiqueMetiers.charger(METIERS)


def abrege(mention: MentionMetier) -> str:
    return ("- " if mention.nie else "") + ("? " if mention.candidats else "") + mention.cle


CAS = [
    ("usinage", ["usinage"]),
    ("je veux être usineuse", ["usinage"]),
    ("tourneur-fraiseur", ["usinage"]),
    ("commande numérique", ["usinage"]),
    ("bosser en usine", ["usinage"]),
    ("chaudronière", ["chaudronnerie"]),
    ("chodronnerie", ["chaudronnerie"]),
    ("je veux faire de la soudure", ["soudure"]),
    ("soudeure", ["soudure"]),
    ("soudeuse à lyon", ["soudure"]),
    ("serrurerie metallerie", ["métallerie-serrurerie", "métallerie-serrurerie"]),
    ("menuisrie", ["menuiserie"]),
    ("fabriquer des meubles", ["menuiserie"]),
    ("charpantié", ["charpente - construction bois"]),
    ("la construction bois", ["charpente - construction bois"]),
    ("electricitée", ["électricité"]),
    ("électronique", ["électronique"]),
    ("electricien", ["électricité"]),
    ("réparer les bagnoles", [AUTO]),
    ("mettre les mains dans le cambouis", [AUTO]),
    ("mécanique auto", [AUTO]),
    ("j'aime les voitures", [AUTO]),
    ("jsp trop jaime bien les voiture", [AUTO]),
    ("je veux réparer des motos", ["cycles et motos"]),
    ("la mécanique", ["? mecanique"]),
    ("mécanicienne", ["? mecanique"]),
    ("la mécanique, plutôt les motos", ["cycles et motos"]),
    ("bosser le bois", [BOIS]),
    ("je veux travailler le bois", [BOIS]),
    ("travailler dehors", ["? nature"]),
    ("un truc dans le bâtiment", ["? batiment"]),
    ("cap cuisine", ["cuisine"]),
    ("cuistot", ["cuisine"]),
    ("je veu fer pizzaiolo", ["cuisine"]),
    ("travailler le fer", ["métallerie-serrurerie"]),
    ("tapissier", ["ameublement"]),
    ("je voudrais devenir tapissière", ["ameublement"]),
    ("faire à manger", ["cuisine"]),
    ("serveuse", ["service en salle"]),
    ("couture", ["textile - couture"]),
    ("créer des fringues", ["textile - couture"]),
    ("j'adore la mode", ["textile - couture"]),
    ("jveux coder", [NUMERIQUE]),
    ("coifure", ["coiffure"]),
    ("faire des gateaux", ["boulangerie et pâtisserie"]),
    ("je veux être infirmière", ["santé et aide à la personne"]),
    ("usinage ou soudure a lyon", ["usinage", "soudure"]),
    ("pas la soudure, la chaudronnerie", ["- soudure", "chaudronnerie"]),
    ("j'aime pas la cuisine", ["- cuisine"]),
    ("la cuisine j'aime pas", ["- cuisine"]),
    ("je veux pas faire de cuisine", ["- cuisine"]),
    ("ni la soudure ni l'usinage", ["- soudure", "- usinage"]),
    ("soudure et pas usinage", ["soudure", "- usinage"]),
    ("plutôt l'usinage que la soudure", ["usinage", "- soudure"]),
    ("y a pas de menuiserie à Lyon ?", ["menuiserie"]),
    ("pourquoi pas la soudure", ["soudure"]),
    ("je sais pas si la soudure c'est pour moi", ["soudure"]),
    ("j'ai pas le brevet, je veux faire chaudronnerie", ["chaudronnerie"]),
]


@pytest.mark.parametrize(("texte", "metiers"), CAS)
def test_un_metier_est_compris_comme_il_est_dit(lexique: LexiqueMetiers, texte: str, metiers: list[str]) -> None:
    assert [abrege(mention) for mention in lexique.trouver(texte)] == metiers


@pytest.mark.parametrize(
    "texte",
    [
        "je bois de l'eau",
        "mode d'emploi",
        "le code de la route",
        "c'est quoi le code postal",
        "je code bien",
        "t'es un robot ?",
        "ma voiture est en panne",
        "je viens en moto",
        "y a une infirmière ?",
        "les vêtements de travail sont fournis ?",
        "l'argent de la vente il va où",
        "restauration scolaire",
        "or je veux pas",
        "la salle est grande ?",
        "au service de qui",
        "on va faire un tour",
        "la facture d'électricité",
        "le juge m'a placé",
        "j'ai un problème de santé",
        "le chemin de fer",
        "c'est payant ?",
        "je suis né en mars",
        "comment on s'inscrit",
        "y a une machine à café ?",
    ],
)
def test_un_mot_ordinaire_n_est_pas_un_metier(lexique: LexiqueMetiers, texte: str) -> None:
    assert lexique.trouver(texte) == []


def test_les_candidats_d_un_metier_ambigu_sont_donnes(lexique: LexiqueMetiers) -> None:
    (mention,) = lexique.trouver("Mécanique")
    assert mention.candidats == ("mécanique automobile", "usinage", "cycles et motos")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_un_texte_quelconque_ne_fait_jamais_echouer(lexique: LexiqueMetiers, texte: str) -> None:
    for mention in lexique.trouver(texte):
        assert texte[mention.debut : mention.fin] == mention.texte


@pytest.mark.parametrize("texte", ["a" * 10_000, "soudure " * 1_200, "😀" * 10_000, "pas " * 2_500, "zxqvbnm kjhgfdsa " * 600])
def test_dix_mille_caracteres_restent_rapides(lexique: LexiqueMetiers, texte: str) -> None:
    debut = time.perf_counter()
    lexique.trouver(texte)
    assert time.perf_counter() - debut < 1
