"""What pages share: settings and the database, opened at the first use, once per process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import sessionmaker
from starlette.templating import Jinja2Templates

from bot.base import fabrique_de_sessions, ouvrir
from bot.reglages import Reglages, lire_reglages

ICI = Path(__file__).parent


@lru_cache(maxsize=1)
def reglages() -> Reglages:
    return lire_reglages()


@lru_cache(maxsize=1)
def sessions() -> sessionmaker:
    return fabrique_de_sessions(ouvrir(reglages().base))


@lru_cache(maxsize=1)
def gabarits() -> Jinja2Templates:
    return Jinja2Templates(directory=str(ICI / "gabarits"))
