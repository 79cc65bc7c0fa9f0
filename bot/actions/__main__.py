"""``python -m bot.actions``: the action server, on loopback, for callers that know the secret."""

from __future__ import annotations

import hmac
import logging
from typing import Optional

from bot.reglages import lire_reglages


def main() -> None:
    from rasa_sdk.endpoint import create_app
    from sanic import response
    from sanic.request import Request
    from sanic.response import HTTPResponse

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    reglages = lire_reglages()
    app = create_app("bot.actions", cors_origins="")

    @app.middleware("request")
    async def verifier_le_secret(requete: Request) -> Optional[HTTPResponse]:
        if requete.path == "/health" or hmac.compare_digest(requete.headers.get("X-Etabli-Secret", ""), reglages.secret_actions):
            return None
        return response.json({"erreur": "Ce serveur ne répond qu'à Établi."}, status=403, ensure_ascii=False)

    # rasa_sdk echoes the whole tracker when an action breaks: a name is enough, the log holds the rest.
    @app.exception(Exception)
    async def action_en_panne(requete: Request, erreur: Exception) -> HTTPResponse:
        logging.getLogger(__name__).error("Une action a échoué : %s", type(erreur).__name__, exc_info=erreur)
        return response.json({"error": type(erreur).__name__, "action_name": ""}, status=500)

    app.run("127.0.0.1", reglages.port_actions, access_log=False)


if __name__ == "__main__":
    main()
