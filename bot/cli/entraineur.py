"""The child that trains: ``python -m bot.cli.entraineur <folder> [<model>]`` writes ``etabli.tar.gz`` there, and its story on standard output.

With a model that has learned from the same examples, only rules and answers are new: see ``greffe.py``.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import Optional

# Before Rasa reads them. No cache: it compares the classes of the components, not the modules they call, and would
# serve what an older lexicon made.
# One thread: sums in the same order on every machine, and no waiting for a second one.
os.environ.update(RASA_TELEMETRY_ENABLED="false", RASA_MAX_CACHE_SIZE="0", OPENBLAS_NUM_THREADS="1")


def main(dossier: str, ancien: Optional[str] = None) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    import rasa.model_training
    import rasa.telemetry
    from rasa.shared.exceptions import RasaException

    from bot.cli.greffe import donnees_reduites, greffer
    from bot.moteur.correctifs import entrainement_sans_memoire

    # Even switched off, telemetry writes an identifier into the home folder of whoever trains.
    rasa.telemetry.initialize_telemetry = lambda: False
    entrainement_sans_memoire()
    try:
        with tempfile.TemporaryDirectory() as reduites:
            if ancien:
                donnees_reduites(Path("data"), Path(reduites))
            resultat = rasa.model_training.train(
                domain="domain.yml",
                config="config.yml",
                training_files=[reduites if ancien else "data"],
                output=dossier,
                force_training=True,
                fixed_model_name="etabli",
            )
        if ancien and resultat.code == 0:
            greffer(Path(resultat.model), Path(ancien))
    except (RasaException, ValueError) as erreur:
        print(f"{type(erreur).__name__}: {' '.join(str(erreur).split())}", flush=True)
        return 1
    return resultat.code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
