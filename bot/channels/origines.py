"""Which sites may show the widget, and where a request really comes from."""

from __future__ import annotations

from typing import Collection, Optional
from urllib.parse import urlsplit

from sanic.request import Request


def autorisee(origine: Optional[str], hote: str, permises: Collection[str]) -> bool:
    """Our own pages always; another site only when it is in ``ETABLI_ORIGINES``.

    A request without ``Origin`` does not come from a page of another site: browsers always send it with a POST.
    There is no cookie, so nothing that a page could borrow; the token stays what opens a conversation.
    """
    if origine is None:
        return True
    if origine in permises:
        return True
    return bool(hote) and urlsplit(origine).netloc == hote


def adresse(requete: Request, mandataires: int) -> str:
    """The address that the limits count by; ``mandataires`` is how many proxies of ours stand in front (the rest may lie)."""
    suivies = [a.strip() for a in (requete.headers.get("x-forwarded-for") or "").split(",") if a.strip()]
    if mandataires and len(suivies) >= mandataires:
        return suivies[-mandataires]
    return requete.ip
