"""The French layer is built once for all its tests, from the project's own data."""

from pathlib import Path

import pytest

from bot.francais.lieux import Gazetteer

DONNEES = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.depuis(DONNEES / "ecoles", DONNEES / "francais")
