"""One message, one turn: under concurrency, failures, forgetting and a restart."""

from __future__ import annotations

import asyncio
from typing import Any, Awaitable, Callable

import pytest
from rasa.shared.core.events import BotUttered, UserUttered

from bot.channels.debit import Debit
from bot.channels.fil import reponses_par_message
from bot.channels.origines import autorisee
from bot.channels.reprises import REPONSES_GARDEES, Messages, Reprises


class Bot:
    """Counts the turns it plays, and remembers them as the store does."""

    def __init__(self) -> None:
        self.tours: list[str] = []
        self.evenements: list[Any] = []
        self.pannes = 0
        self.gardes_malgre_tout = 0  # stored, then failed

    def jouer(self, identifiant: str) -> Callable[[], Awaitable[Messages]]:
        async def tour() -> Messages:
            await asyncio.sleep(0.01)
            if self.pannes:
                self.pannes -= 1
                raise RuntimeError("la base ne répond pas")
            self.tours.append(identifiant)
            self.evenements += [UserUttered("salut", message_id=identifiant), BotUttered(f"à {identifiant}")]
            if self.gardes_malgre_tout:
                self.gardes_malgre_tout -= 1
                raise RuntimeError("le disque est plein")
            return [{"de": "etabli", "texte": f"à {identifiant}"}]

        return tour

    async def relire(self) -> dict[str, Messages]:
        await asyncio.sleep(0)
        return reponses_par_message(self.evenements)


def test_dix_essais_en_meme_temps_font_un_tour() -> None:
    async def essai() -> None:
        bot, reprises = Bot(), Reprises()
        reponses = await asyncio.gather(*(reprises.repondre("c", "m1", bot.jouer("m1"), bot.relire) for _ in range(10)))
        assert bot.tours == ["m1"] and all(r == reponses[0] for r in reponses)

    asyncio.run(essai())


def test_celui_qui_s_en_va_ne_coupe_pas_le_tour() -> None:
    async def essai() -> None:
        bot, reprises = Bot(), Reprises()
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(reprises.repondre("c", "m1", bot.jouer("m1"), bot.relire), 0.001)
        assert await reprises.repondre("c", "m1", bot.jouer("m1"), bot.relire) == [{"de": "etabli", "texte": "à m1"}]
        assert bot.tours == ["m1"]

    asyncio.run(essai())


def test_un_tour_qui_echoue_peut_etre_rejoue() -> None:
    async def essai() -> None:
        bot, reprises = Bot(), Reprises()
        bot.pannes = 1
        with pytest.raises(RuntimeError):
            await reprises.repondre("c", "m1", bot.jouer("m1"), bot.relire)
        await reprises.repondre("c", "m1", bot.jouer("m1"), bot.relire)
        assert bot.tours == ["m1"]

    asyncio.run(essai())


def test_un_tour_garde_dont_la_fin_echoue_n_est_pas_rejoue() -> None:
    async def essai() -> None:
        bot, reprises = Bot(), Reprises()
        bot.gardes_malgre_tout = 1
        with pytest.raises(RuntimeError):
            await reprises.repondre("c", "m1", bot.jouer("m1"), bot.relire)
        reponses = await asyncio.gather(*(reprises.repondre("c", "m1", bot.jouer("m1"), bot.relire) for _ in range(3)))
        assert reponses == [[{"de": "etabli", "texte": "à m1"}]] * 3 and bot.tours == ["m1"]

    asyncio.run(essai())


def test_apres_un_redemarrage_ou_longtemps_apres_rien_n_est_rejoue() -> None:
    """The answer was stored but never reached the phone; another process takes over, or thirty messages went by."""

    async def essai() -> None:
        bot, reprises = Bot(), Reprises()
        for i in range(REPONSES_GARDEES + 5):
            await reprises.repondre("c", f"m{i}", bot.jouer(f"m{i}"), bot.relire)
        joues = list(bot.tours)
        for porte in (reprises, Reprises()):
            assert await porte.repondre("c", "m0", bot.jouer("m0"), bot.relire) == [{"de": "etabli", "texte": "à m0"}]
        assert bot.tours == joues

    asyncio.run(essai())


def test_le_debit_se_remplit_avec_le_temps() -> None:
    heure = [0.0]
    debit = Debit(capacite=3, par_seconde=0.5, horloge=lambda: heure[0])
    assert [debit.prendre("a") for _ in range(4)] == [0, 0, 0, 2.0]
    assert debit.prendre("b") == 0, "chacun son seau"
    heure[0] += 2
    assert debit.prendre("a") == 0 and debit.prendre("a") > 0


@pytest.mark.parametrize(
    "origine, attendu",
    [(None, True), ("https://a.example.org", True), ("http://localhost:5005", True), ("null", False), ("https://a.example.org.mechant.example", False), ("https://b.example.org", False)],
)
def test_origines(origine: str | None, attendu: bool) -> None:
    assert autorisee(origine, "localhost:5005", ("https://a.example.org",)) is attendu
