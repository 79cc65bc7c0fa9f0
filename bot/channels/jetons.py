"""Session tokens of the widget: signed, expiring, bound to one conversation. Nothing is stored to check them."""

from __future__ import annotations

import uuid

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

DUREE_S = 12 * 3600  # a school day; the tab asks for another token after that
ESSAI = "essai-"  # conversations of counsellors trying the bot


class JetonInvalide(ValueError):
    """The token was not made by us, or was changed."""


class JetonExpire(JetonInvalide):
    """The token was ours, too long ago."""


class Jetons:
    """Makes and reads tokens with the secret of the settings."""

    def __init__(self, secret: str) -> None:
        self._signature = URLSafeTimedSerializer(secret, salt="etabli.widget")

    def signer(self, conversation: str) -> str:
        return self._signature.dumps(conversation)

    def lire(self, jeton: object) -> str:
        """The conversation that the token is for. Raises ``JetonInvalide`` or ``JetonExpire``."""
        if not isinstance(jeton, str):
            raise JetonInvalide("Un jeton est un texte.")
        try:
            conversation = self._signature.loads(jeton, max_age=DUREE_S)
        except SignatureExpired as trop_tard:
            raise JetonExpire("Le jeton est trop ancien.") from trop_tard
        except BadData as faux:
            raise JetonInvalide("Le jeton n'est pas de nous.") from faux
        if not isinstance(conversation, str):
            raise JetonInvalide("Le jeton ne nomme aucune conversation.")
        return conversation


def nouvelle_conversation(essai: bool = False) -> str:
    """An identifier that nobody can guess; it says nothing of the person."""
    return (ESSAI if essai else "") + uuid.uuid4().hex
