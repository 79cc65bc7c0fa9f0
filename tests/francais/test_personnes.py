"""Who writes, and about whom."""

from __future__ import annotations

import pytest

from bot.francais.personnes import parle_d_un_autre, qui_demande


@pytest.mark.parametrize(
    "texte, qui",
    [
        ("c'est pour mon fils", "parent"),
        ("ma fille a 15 ans", "parent"),
        ("je suis sa mère", "parent"),
        ("un de mes élèves veut venir", "professionnel"),
        ("j'accompagne un jeune de 16 ans décrocheur", "professionnel"),
        ("CPE : j'ai deux élèves motivés", "professionnel"),
        ("c'est pour mon petit frère", "proche"),
        ("jfais la demande a la place de mon pote", "proche"),
        ("non c'est pour moi", "jeune"),
        ("je suis une élève de 3e", None),
        ("je suis un jeune de 16 ans", None),
        ("ma grande soeur l'a fait", None),
        ("mon père est d'accord", None),
        ("mon prof m'a dit de venir", None),
    ],
)
def test_qui_ecrit(texte: str, qui: str | None) -> None:
    assert qui_demande(texte) == qui


@pytest.mark.parametrize(
    "texte",
    ["ma pote se coupe les bras, je sais pas quoi faire", "mon fils se fait harceler au collège", "une amie m'a dit qu'elle veut mourir", "il veut se tuer je m'inquiete", "ma soeur se fait taper par mon père"],
)
def test_le_mal_d_un_autre(texte: str) -> None:
    assert parle_d_un_autre(texte)


@pytest.mark.parametrize(
    "texte",
    ["je veux mourir", "mon père me frappe", "elle dit que je suis nulle et jveux mourir", "ma copine est harcelée et moi aussi", "mon frère me tape", "on me harcèle", "je dors dehors"],
)
def test_son_propre_mal_meme_cause_par_un_autre(texte: str) -> None:
    assert not parle_d_un_autre(texte)
