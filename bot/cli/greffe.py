"""A new model around a network that has nothing new to learn: a changed answer or rule must not cost minutes of training.

Rasa trains on the real rules and answers with one example a label, which takes seconds; then what the message components had
learned, in the model in place, takes the place of what they have just learned from these few examples.
"""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from pathlib import Path

import yaml

COMPONENTS = "components"
APPRIS_PAR_LES_MESSAGES = "train_bot.nlu.*"


def donnees_reduites(donnees: Path, dossier: Path) -> None:
    """Write to ``dossier`` what Rasa trains on: all of ``donnees`` but the examples, of which the first of each label."""
    for source in sorted(donnees.rglob("*.yml")):
        copie = dossier / source.relative_to(donnees)
        copie.parent.mkdir(parents=True, exist_ok=True)
        if source.parent.name != "nlu":
            shutil.copyfile(source, copie)
            continue
        contenu = yaml.load(source.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for bloc in contenu["nlu"]:
            bloc["examples"] = bloc["examples"].splitlines()[0] + "\n"
        copie.write_text(yaml.safe_dump(contenu, allow_unicode=True), encoding="utf-8")


def greffer(neuf: Path, ancien: Path) -> None:
    """Put what the message components of the model ``ancien`` learned into the model ``neuf``. Raises ``ValueError`` if they differ."""
    with tempfile.TemporaryDirectory() as lieu:
        corps, donneur = Path(lieu) / "neuf", Path(lieu) / "ancien"
        _ouvrir(neuf, corps)
        _ouvrir(ancien, donneur)
        greffons = sorted((donneur / COMPONENTS).glob(APPRIS_PAR_LES_MESSAGES))
        remplaces = sorted((corps / COMPONENTS).glob(APPRIS_PAR_LES_MESSAGES))
        if not greffons or [g.name for g in greffons] != [r.name for r in remplaces]:
            raise ValueError(f"Les deux modèles n'ont pas les mêmes composants : {[g.name for g in greffons]} et {[r.name for r in remplaces]}.")
        for greffon, remplace in zip(greffons, remplaces):
            shutil.rmtree(remplace)
            shutil.move(str(greffon), str(remplace))
        with tarfile.open(neuf, "w:gz", compresslevel=1) as archive:
            for piece in sorted(corps.iterdir()):
                archive.add(piece, arcname=piece.name)


def _ouvrir(modele: Path, dossier: Path) -> None:
    with tarfile.open(modele) as archive:
        archive.extractall(dossier)  # our own archive, made a moment ago by this program
