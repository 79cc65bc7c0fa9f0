"""Scenarios: dialogues written in YAML by people who do not program, played on a running bot through the same door as a person."""

from bot.scenarios.joueur import Bilan, BotInjoignable, Difference, jouer
from bot.scenarios.lecture import Echange, Scenario, ScenarioInvalide, lire_scenario

__all__ = ["Bilan", "BotInjoignable", "Difference", "Echange", "Scenario", "ScenarioInvalide", "jouer", "lire_scenario"]
