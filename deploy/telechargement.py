"""Fetch uv from a package index without pip: a bare Debian has a Python and nothing else. Standard library only.

Works only with an index that this machine names itself (UV_DEFAULT_INDEX, UV_INDEX_URL, PIP_INDEX_URL or pip's files):
the project names none.
"""

from __future__ import annotations

import hashlib
import io
import platform
import re
import ssl
import sys
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

from affichage import dire

DELAI_S = 120


def installer_uv(index: str, amorce: Path, cible: Path, env: dict) -> bool:
    """Put uv's program into ``cible/bin`` after checking its hash against ``amorce``. False when it cannot be had."""
    verrou = amorce.read_text(encoding="utf-8")
    version = re.search(r"^uv==([\d.]+)", verrou, re.MULTILINE).group(1)
    empreintes = set(re.findall(r"sha256:([0-9a-f]{64})", verrou))
    dire("Téléchargement de l'outil uv…")
    contexte = ssl.create_default_context(cafile=env.get("SSL_CERT_FILE") or None)
    try:
        for adresse in _roues(index, version, contexte):
            archive = _lire(adresse, contexte)
            if hashlib.sha256(archive).hexdigest() in empreintes:
                _extraire(archive, f"uv-{version}.data/scripts/uv", cible / "bin" / "uv")
                return True
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return False
    return False


def _roues(index: str, version: str, contexte: ssl.SSLContext) -> Iterator[str]:
    """Addresses of the wheels of this version for this machine, from the index's page."""
    page = index.rstrip("/") + "/uv/"
    for lien in re.findall(r'href="([^"#]+)', _lire(page, contexte).decode("utf-8", "replace")):
        nom = urllib.parse.unquote(lien.rsplit("/", 1)[-1])
        if nom.startswith(f"uv-{version}-") and nom.endswith(".whl") and _pour_cette_machine(nom):
            yield urllib.parse.urljoin(page, lien)


def _pour_cette_machine(nom: str) -> bool:
    if sys.platform == "darwin":
        systeme = "macosx"
    else:
        systeme = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    return systeme in nom and platform.machine() in nom


def _lire(adresse: str, contexte: ssl.SSLContext) -> bytes:
    with urllib.request.urlopen(adresse, timeout=DELAI_S, context=contexte) as reponse:
        return reponse.read()


def _extraire(archive: bytes, nom: str, cible: Path) -> None:
    cible.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(archive)) as contenu:
        cible.write_bytes(contenu.read(nom))
    cible.chmod(0o755)
