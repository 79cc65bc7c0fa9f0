"""The message processor, without a server around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.moteur.processeur import ProcesseurEtabli


def test_un_modele_illisible_arrete_le_serveur_et_dit_quoi_faire(tmp_path: Path) -> None:
    modele = tmp_path / "etabli.tar.gz"
    modele.write_bytes(b"rien")
    with pytest.raises(SystemExit, match="etabli entrainer"):
        ProcesseurEtabli(modele, tracker_store=None, lock_store=None, generator=None)
