"""The safety net: unmistakable words are caught, figures of speech and the past are left to the classifier."""

from __future__ import annotations

import pytest

from bot.francais.alertes import alerte


def test_un_rire_laisse_l_aide_a_portee() -> None:
    for texte in ("mdr jvais me pendre si jai pas mon brevet", "wesh si jrate le stage jme fou en l'air lol", "je vai mettre une bombe au college lol"):
        assert alerte(texte) is None and alerte(texte, en_riant=True) in ("suicide", "mal_etre")
    assert alerte("mdr on est pas payé", en_riant=True) is None


@pytest.mark.parametrize(
    "texte, genre",
    [
        ("cb ca coute enfin bref de tte facon jai plus envie de vivre", "suicide"),
        ("jveux mourir", "suicide"),
        ("ma pote se coupe les bras", "suicide"),
        ("mon daron me frappe", "violence"),
        ("je dors dans une voiture depuis lundi, il y a un internat ?", "rue"),
        ("ma mère m'a mis dehors", "rue"),
        ("jveux plus etre la", "suicide"),
        ("jveux en finir", "suicide"),
        ("sans deconner jvoudrais pas me reveiller demain", "suicide"),
        ("g envi de crevé", "suicide"),
        ("jme flingue", "suicide"),
        ("mon fils se mutile", "suicide"),
        ("ma fille ne veut plus vivre", "suicide"),
        ("jveux juste mendormir et plus me reveiller", "suicide"),
        ("une élève parle d'un plan pour en finir", "suicide"),
        ("scarifications vues en EPS, qui prévenir ?", "suicide"),
        ("il a plus goût à rien depuis un mois", "mal_etre"),
        ("un jeune du foyer a avalé une plaquette entière de cachets", "urgence"),
        ("bonjour, j'ai une élève qui menace de se jeter du balcon du CDI", "urgence"),
        ("mon pote il respire plus", "urgence"),
        ("elle s'est ouvert les veines aux toilettes", "urgence"),
        ("il veut sauter une classe", None),
        ("dans la soudure on respire pas des trucs dangereux ?", None),
        ("j'ai avalé de travers à la cantine", None),
        ("mon oncle m'a mis à la porte hier", "rue"),
        ("le lycée m'a mis à la porte en octobre", None),
        ("mon père m'a mis dehors de son garage", None),
        ("ma fille n'a plus goût à rien à l'école, que proposer ?", None),
        ("cb ça coûte, et puis chez moi on me tape", "violence"),
        ("chez moi on me tape sur les nerfs", None),
        ("jvais faire une tuerie au collège", "mal_etre"),
        ("je compte les jours avant les vacances", None),
        ("un plan pour finir le CAP en deux ans", None),
        ("jveux m'occuper des enfants", None),
        ("je veux plus être en seconde générale", None),
        ("jme suis coupé en cuisine", None),
        ("mdr jveux mourir les maths", None),
        ("je suis mort de rire", None),
        ("mon ancien prof me frappait c'est fini", None),
        ("ça me tue les maths", None),
        ("on peut dormir dans une chambre seule ?", None),
        ("", None),
    ],
)
def test_les_alertes(texte: str, genre: str | None) -> None:
    assert alerte(texte) == genre
