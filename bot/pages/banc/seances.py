"""Who is logged in: a signed cookie that expires, tokens for forms, and a brake on wrong passwords. Nothing is set before login."""

from __future__ import annotations

import secrets
import time
from collections import defaultdict, deque
from collections.abc import Callable

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

COOKIE = "etabli_banc"
DUREE_S = 8 * 3600
DUREE_FORMULAIRE_S = 3600
ESSAIS, FENETRE_S = 5, 600.0


class Seances:
    """Sessions and form tokens, signed with ``secret``. ``empreinte`` names today's password: another one ends every session."""

    def __init__(self, secret: str, empreinte: Callable[[], str]) -> None:
        self._cookies = URLSafeTimedSerializer(secret, salt="banc-seance")
        self._jetons = URLSafeSerializer(secret, salt="banc-formulaire")
        self._connexions = URLSafeTimedSerializer(secret, salt="banc-connexion")
        self._empreinte = empreinte
        self._fermees: set[str] = set()

    def ouvrir(self) -> str:
        """The value of a new cookie."""
        return self._cookies.dumps([secrets.token_urlsafe(12), self._empreinte()])

    def lire(self, cookie: str) -> str | None:
        """The session's name, or None when it is forged, expired, closed or from an older password."""
        try:
            nom, empreinte = self._cookies.loads(cookie, max_age=DUREE_S)
        except (BadSignature, ValueError):
            return None
        return nom if empreinte == self._empreinte() and nom not in self._fermees else None

    def fermer(self, nom: str) -> None:
        self._fermees.add(nom)

    def jeton(self, nom: str) -> str:
        """The token that each form of this session carries."""
        return self._jetons.dumps(nom)

    def jeton_valable(self, nom: str, jeton: str) -> bool:
        try:
            return self._jetons.loads(jeton) == nom
        except BadSignature:
            return False

    def jeton_de_connexion(self) -> str:
        """For the login form, which has no session yet: says only that the form came from here, lately."""
        return self._connexions.dumps(secrets.token_urlsafe(6))

    def connexion_valable(self, jeton: str) -> bool:
        try:
            self._connexions.loads(jeton, max_age=DUREE_FORMULAIRE_S)
        except BadSignature:
            return False
        return True


class Frein:
    """After five wrong passwords from one place within ten minutes, that place waits."""

    def __init__(self, horloge: Callable[[], float] = time.monotonic) -> None:
        self._echecs: dict[str, deque[float]] = defaultdict(deque)
        self._horloge = horloge

    def attente(self, origine: str) -> int:
        """Seconds to wait before the next try; 0 when one may try."""
        echecs = self._echecs[origine]
        while echecs and echecs[0] <= self._horloge() - FENETRE_S:
            echecs.popleft()
        return int(echecs[0] + FENETRE_S - self._horloge()) + 1 if len(echecs) >= ESSAIS else 0

    def echec(self, origine: str) -> None:
        self._echecs[origine].append(self._horloge())

    def reussite(self, origine: str) -> None:
        self._echecs.pop(origine, None)
