"""``python -m bot.pages``: the pages' own process, on loopback; a reverse proxy shows them to the outside."""

from __future__ import annotations

import logging

import uvicorn

from bot.pages.application import application
from bot.reglages import lire_reglages


def main() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # No web sockets here: uvicorn would load a library that Rasa keeps at an old version.
    uvicorn.run(application(), host="127.0.0.1", port=lire_reglages().port_pages, log_level="warning", access_log=False, ws="none")


if __name__ == "__main__":
    main()
