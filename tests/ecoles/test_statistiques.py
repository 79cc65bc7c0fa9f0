"""Figures computed from the table, fees and boarding read from free text."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from bot.ecoles import statistiques
from bot.ecoles.cout import Cout, lire_cout
from bot.ecoles.hebergement import Hebergement, lire_hebergement
from bot.ecoles.modeles import FERMEE, Ecole
from bot.ecoles.statistiques import calculer, recentes


def test_les_chiffres_d_octobre_2026(session: Session) -> None:
    chiffres = calculer(session)
    assert (chiffres.ouvertes, chiffres.projets, chiffres.incertaines, chiffres.date) == (75, 4, 9, "2026-10-08")
    assert (chiffres.cout_connu, chiffres.gratuites, chiffres.payantes, chiffres.au_dessus_de_800) == (62, 50, 12, 2)
    assert (chiffres.plus_cher.id, chiffres.cout_maximum, chiffres.cout_maximum_annee) == ("edp034", 1800, 2025)
    logements = (chiffres.avec_internat, chiffres.hebergement_organise, chiffres.sans_hebergement)
    assert (chiffres.hebergement_connu, *logements) == (67, 7, 11, 49)
    assert chiffres.par_metier["usinage"] == 29 and next(iter(chiffres.par_region)) == "Auvergne-Rhône-Alpes"
    assert sum(chiffres.par_region.values()) == 75
    assert {(age.ecole.id, age.minimum, age.maximum) for age in chiffres.ages} == {
        ("edp003", 14, None), ("edp062", 14, 18), ("edp076", 14, 19),
    }  # fmt: skip


def test_les_chiffres_dits_ont_au_plus_une_minute(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    assert recentes(session).ouvertes == 75
    session.get(Ecole, "edp034").statut = FERMEE
    session.flush()
    assert recentes(session).ouvertes == 75  # read once for all who ask in the same minute
    apres = statistiques.time.monotonic() + 61
    monkeypatch.setattr(statistiques.time, "monotonic", lambda: apres)
    assert recentes(session).ouvertes == 74


@pytest.mark.parametrize(
    ("bas", "haut", "attendu"),
    [
        (0, 0, Cout("gratuit", 0, 0, 2026)),
        (150, 150, Cout("montant", 150, 150, 2026)),
        (0, 1800, Cout("fourchette", 0, 1800, 2026)),
        (None, None, Cout("inconnu", None, None, None)),
    ],
)
def test_cout(bas: int | None, haut: int | None, attendu: Cout) -> None:
    assert lire_cout(bas, haut, 2026) == attendu


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("", Hebergement("inconnu")),
        ("sans hébergement", Hebergement("sans")),
        ("sans hébergement : autre solution de logement : familles d'accueil",
         Hebergement("sans", "", "autre solution de logement : familles d'accueil")),
        ("internat (homme/femme)", Hebergement("internat", "mixte")),
        ("internat (homme - internat du lundi au vendredi)", Hebergement("internat", "garçons", "internat du lundi au vendredi")),
        ("hébergement organisé hors établissement (homme/femme - partenariat avec un internat)",
         Hebergement("organise", "mixte", "partenariat avec un internat")),
        ("dans une yourte", Hebergement("inconnu", "", "dans une yourte")),
    ],
)  # fmt: skip
def test_hebergement(texte: str, attendu: Hebergement) -> None:
    assert lire_hebergement(texte) == attendu
