"""``python -m bot.moteur``: the Rasa server, on loopback, with nothing that reaches the network."""

from __future__ import annotations

import os

from bot.moteur.allegement import importer_rasa
from bot.moteur.correctifs import appliquer, silence_reseau
from bot.reglages import RACINE, lire_reglages


def main() -> None:
    silence_reseau()
    os.environ.setdefault("SANIC_ACCESS_LOG", "false")  # a line for each request, made and then thrown away
    importer_rasa()
    appliquer()
    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints

    reglages = lire_reglages()
    rasa.core.run.serve_application(
        model_path=str(RACINE / "models" / "etabli.tar.gz"),
        interface="127.0.0.1",
        port=reglages.port,
        credentials=str(RACINE / "credentials.yml"),
        enable_api=False,
        endpoints=AvailableEndpoints.read_endpoints(str(RACINE / "endpoints.yml")),
    )


if __name__ == "__main__":
    main()
