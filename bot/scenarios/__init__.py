"""Scenarios: dialogues written in YAML by people who do not program, played on a running bot through the same door as a person."""

from bot.scenarios.annexes import fichiers
from bot.scenarios.bilan import Bilan, Difference
from bot.scenarios.joueur import jouer, jouer_tous
from bot.scenarios.lecture import lire_scenario
from bot.scenarios.modele import Echange, Scenario
from bot.scenarios.noeuds import ScenarioInvalide
from bot.scenarios.portes import BotInjoignable

__all__ = ["Bilan", "BotInjoignable", "Difference", "Echange", "Scenario", "ScenarioInvalide", "fichiers", "jouer", "jouer_tous", "lire_scenario"]
