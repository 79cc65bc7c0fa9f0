"""Files as people receive them: official columns in any order, case, encoding and separator, with broken lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

Fabrique = Callable[..., Path]


@pytest.fixture
def fabriquer(tmp_path: Path) -> Fabrique:
    """Write a table: the heading, the lines, how they are encoded and separated."""

    def ecrire(nom: str, lignes: list[dict[str, str]], encodage: str = "utf-8-sig", separateur: str = ";", suite: bytes = b"") -> Path:
        tampon = io.StringIO()
        plume = csv.DictWriter(tampon, list(lignes[0]), delimiter=separateur, lineterminator="\r\n")
        plume.writeheader()
        plume.writerows(lignes)
        fichier = tmp_path / nom
        fichier.write_bytes(tampon.getvalue().encode(encodage) + suite)
        return fichier

    return ecrire
