"""The short form of ``make chaos``: some people, one fault of each family, every promise checked."""

from __future__ import annotations

from bench.chaos.jeu import Epreuve, lancer
from tests.conftest import _ports_libres

FAMILLES = ("SIGKILL de bot.moteur", "SIGSTOP de bot.pages", "verrouillée", "refuse", "plein")
MARGE = 100  # the pages and the actions listen a little above the bot's own port


def test_ce_qui_est_dit_note_est_en_base_et_arrive(modele_a_jour: None) -> None:
    port = min(_ports_libres(1)[0], 65535 - MARGE)
    bilan = lancer(Epreuve(12, port, ensemble=6, choisies=FAMILLES, pause=2))
    assert bilan is not None
    print(bilan.raconter())
    assert bilan.fautes() == []
    assert len(bilan.notees) == 12 and bilan.retours["SIGKILL de bot.moteur"] > 0
