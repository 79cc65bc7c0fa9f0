"""``python -m bot.pages``: the pages' own process, on loopback; a reverse proxy shows them to the outside."""

from __future__ import annotations

import uvicorn

from bot.pages.application import application
from bot.reglages import lire_reglages


def main() -> None:
    uvicorn.run(application(), host="127.0.0.1", port=lire_reglages().port_pages, log_level="warning", access_log=False, ws="none")


if __name__ == "__main__":
    main()
