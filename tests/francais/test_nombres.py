"""Ages, school years, ranks, yes and no, first names, contacts."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.francais.choix import oui_non
from bot.francais.contacts import courriels, telephones
from bot.francais.nombres import age, classe, ordinal
from bot.francais.prenoms import prenom


@pytest.mark.parametrize(
    ("texte", "valeur"),
    [
        ("j'ai 13 ans", 13),
        ("ma fille aura 15 ans en mars", 15),
        ("19 ans c'est mort ?", 19),
        ("g 14 an", 14),
        ("jai 16ans", 16),
        ("quinze ans", 15),
        ("dix-sept ans", 17),
        ("14 et demi", 14),
        ("il a 16 ans et demi", 16),
        ("j'ai 15", 15),
        ("mon fils de 14 ans", 14),
        ("à partir de 16 ans ?", 16),
        ("jusqu'à 18 ans", 18),
        ("j'ai vingt ans", 20),
        ("18 ans", 18),
        ("ma mère a 45 ans", 45),
        ("le cap en 2 ans, j'ai 15 ans", 15),
        ("il est en 3e", None),
        ("dans 2 ans", None),
        ("dans 15 ans", None),
        ("depuis 3 ans", None),
        ("CAP en 2 ans", None),
        ("ça fait 2 ans", None),
        ("il y a 12 ans", None),
        ("pendant 20 ans il a été maçon", None),
        ("j'ai 2 ans de retard", None),
        ("j'ai 15 de moyenne", None),
        ("à 20 min", None),
        ("800 euros", None),
        ("35h", None),
        ("dans le 42", None),
    ],
)
def test_l_age(texte: str, valeur: "int | None") -> None:
    trouve = age(texte)
    assert (trouve and trouve.valeur) == valeur


@pytest.mark.parametrize(
    ("texte", "valeur"), [("14", 14), ("euh 15", 15), ("bientôt 15 ans", 15), ("quinze", 15), ("800", None), ("42 euros", None), ("non", None)]
)
def test_un_nombre_seul_est_un_age_quand_on_l_attend(texte: str, valeur: "int | None") -> None:
    trouve = age(texte, attendu=True)
    assert (trouve and trouve.valeur) == valeur


@pytest.mark.parametrize(
    ("texte", "nom"),
    [
        ("je suis en 3e", "3e"),
        ("mon fils est en 3ème prépa métiers", "3e"),
        ("en troisième", "3e"),
        ("j'ai redoublé ma 4e", "4e"),
        ("en seconde", "seconde"),
        ("je suis en première", "premiere"),
        ("la première école", None),
        ("terminale", "terminale"),
        ("une élève de SEGPA", "segpa"),
        ("la deuxième", None),
        ("Lyon 3e", None),
    ],
)
def test_la_classe(texte: str, nom: "str | None") -> None:
    assert classe(texte) == nom


@pytest.mark.parametrize(
    ("texte", "rang"),
    [
        ("la deuxième", 1),
        ("la 2", 1),
        ("le premier", 0),
        ("oui la première stp", 0),
        ("la dernière", -1),
        ("l'avant-dernière", -2),
        ("2eme", 1),
        ("1", 0),
        ("la 2 elle est où", 1),
        ("je suis en 3e", None),
        ("je suis en première", None),
        ("la première année", None),
        ("c'est la dernière fois", None),
        ("une deuxième chance", None),
        ("le 59", None),
        ("mon numéro 0639980001", None),
        ("la 3eme c'est obligatoire ?", None),
        ("celle de Dole", None),
    ],
)
def test_le_rang_choisi_part_de_zero(texte: str, rang: "int | None") -> None:
    assert ordinal(texte) == rang


@pytest.mark.parametrize(
    ("texte", "reponse"),
    [
        *(
            (dit, True)
            for dit in ("oui", "ouais", "OUIIII", "vas y", "grave", "dac", "ok", "d'accord", "ok merci", "ouais vas-y", "👍", "pourquoi pas")
        ),
        *((dit, False) for dit in ("non", "nan", "nope", "pas du tout", "non merci", "naaan", "pas maintenant", "👎")),
        *(
            (dit, None)
            for dit in (
                "oui mais c'est cher",
                "ok ?",
                "bof",
                "jsp",
                "non pas lyon",
                "oui je veux la soudure",
                "pas mal",
                "c'est quoi",
                "",
                "oui non",
                "14",
            )
        ),
    ],
)
def test_oui_ou_non_seulement_si_le_message_ne_dit_que_cela(texte: str, reponse: "bool | None") -> None:
    assert oui_non(texte) is reponse


@pytest.mark.parametrize(
    ("texte", "nom"),
    [
        ("moi c'est Yanis", "Yanis"),
        ("je m'appelle léa", "Léa"),
        ("jmappelle ENZO", "Enzo"),
        ("je m'appelle Jean-Luc et j'ai 15 ans", "Jean-Luc"),
        ("mon prénom c'est Inès", "Inès"),
        ("moi c'est la soudure", None),
        ("je m'appelle comme je veux", None),
        ("moi c'est pareil", None),
        ("yanis", None),
    ],
)
def test_le_prenom_donne_de_lui_meme(texte: str, nom: "str | None") -> None:
    assert prenom(texte) == nom


@pytest.mark.parametrize(
    ("texte", "nom"),
    [
        ("yanis", "Yanis"),
        ("LÉA", "Léa"),
        ("marie-ange", "Marie-Ange"),
        ("mohamed amine", "Mohamed Amine"),
        ("Zéphyrine", "Zéphyrine"),
        ("n'golo", "N'Golo"),
        ("c'est Tom", "Tom"),
        ("Samira stp", "Samira"),
        ("pourquoi ?", None),
        ("connard", None),
        ("je sais pas", None),
        ("j'ai pas envie", None),
        ("la soudure", None),
        ("non", None),
        ("06 39 98 00 01", None),
        ("x", None),
        ("a" * 60, None),
    ],
)
def test_un_prenom_seul_quand_on_l_attend(texte: str, nom: "str | None") -> None:
    assert prenom(texte, attendu=True) == nom


@pytest.mark.parametrize(
    ("texte", "numeros"),
    [
        ("mon num 06-39-98-00-01 merci", ["06 39 98 00 01"]),
        ("0639980001", ["06 39 98 00 01"]),
        ("+33 6 39 98 00 01", ["06 39 98 00 01"]),
        ("00 33 6 39 98 00 01", ["06 39 98 00 01"]),
        ("0692 12 34 56", ["+262 692 12 34 56"]),
        ("0690 12 34 56", ["+590 690 12 34 56"]),
        ("j'ai 15 ans et 800 euros à 69100", []),
        ("06 12", []),
        ("0612345678901234", []),
    ],
)
def test_les_telephones_de_france_et_d_outre_mer(texte: str, numeros: list[str]) -> None:
    assert telephones(texte) == numeros


@pytest.mark.parametrize(
    ("texte", "adresse", "valide", "suggestion"),
    [
        ("mon mail c'est Lea.B@gmail.com", "lea.b@gmail.com", True, None),
        ("lea@gmial.con", "lea@gmial.con", True, "lea@gmail.com"),
        ("lea@gmail", "lea@gmail", False, "lea@gmail.com"),
        ("lea.b@gmail,com", "lea.b@gmail,com", False, "lea.b@gmail.com"),
        ("moi@hotmial.fr", "moi@hotmial.fr", True, "moi@hotmail.fr"),
        ("lea arobase gmail.com", "lea@gmail.com", True, None),
        ("x@lycee-dupont.fr", "x@lycee-dupont.fr", True, None),
        ("b@orange.fr", "b@orange.fr", True, None),
        ("toto@", "toto@", False, None),
    ],
)
def test_les_courriels_et_leurs_fautes_de_frappe(texte: str, adresse: str, valide: bool, suggestion: "str | None") -> None:
    (courriel,) = courriels(texte)
    assert (courriel.adresse, courriel.valide, courriel.suggestion) == (adresse, valide, suggestion)


LECTEURS = (age, classe, ordinal, oui_non, prenom, telephones, courriels)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_un_texte_quelconque_ne_fait_jamais_echouer(texte: str) -> None:
    for lire in LECTEURS:
        lire(texte)
    prenom(texte, attendu=True)
    trouve = age(texte, attendu=True)
    assert trouve is None or 0 <= trouve.debut < trouve.fin <= len(texte)


@pytest.mark.parametrize("texte", ["a" * 10_000, "0" * 10_000, "😀" * 10_000, "a@" * 5_000, "06 " * 3_300, "j'ai 15 " * 1_200, "." * 10_000])
def test_dix_mille_caracteres_restent_rapides(texte: str) -> None:
    for lire in LECTEURS:
        debut = time.perf_counter()
        lire(texte)
        assert time.perf_counter() - debut < 1, lire.__name__
