"""The child that trains: ``python -m bot.cli.entraineur <folder>`` writes ``etabli.tar.gz`` there, and its story on standard output."""

from __future__ import annotations

import logging
import os
import sys

# Before Rasa reads them. No cache: it compares the classes of the components, not the modules they call, and would
# serve what an older lexicon made.
os.environ.update(RASA_TELEMETRY_ENABLED="false", RASA_MAX_CACHE_SIZE="0")


def main(dossier: str) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    import rasa.model_training
    import rasa.telemetry
    from rasa.shared.exceptions import RasaException

    from bot.moteur.correctifs import entrainement_sans_memoire

    # Even switched off, telemetry writes an identifier into the home folder of whoever trains.
    rasa.telemetry.initialize_telemetry = lambda: False
    entrainement_sans_memoire()
    try:
        resultat = rasa.model_training.train(
            domain="domain.yml",
            config="config.yml",
            training_files=["data"],
            output=dossier,
            force_training=True,
            fixed_model_name="etabli",
        )
    except RasaException as erreur:
        print(f"{type(erreur).__name__}: {' '.join(str(erreur).split())}", flush=True)
        return 1
    return resultat.code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
