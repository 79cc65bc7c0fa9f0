"""Writing the mails: from a request to a message ready to send. Pure, but for the templates that are read once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from typing import Optional

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.francais.dates import date_en_clair
from bot.sejours.boite import identifiant
from bot.sejours.modeles import CONFIRMATION, DEMANDE, RELANCE, REPONSE, RETRAIT

GABARITS = Path(__file__).parent / "gabarits"
LONGUEUR_MAXIMALE = 300  # of one field in a mail
OBJETS = {
    DEMANDE: "Séjour découverte : une demande, référence {reference}",
    RELANCE: "Rappel : une demande de séjour découverte attend, référence {reference}",
    RETRAIT: "Demande retirée, référence {reference} : merci d'effacer ce que vous en avez",
    CONFIRMATION: "Ta demande de séjour découverte, référence {reference}",
    REPONSE: "Des nouvelles de ta demande, référence {reference}",
}
AUX_ECOLES = (DEMANDE, RELANCE, RETRAIT)
AUX_PERSONNES = (CONFIRMATION, REPONSE)


@dataclass(frozen=True)
class Contenu:
    """What a mail may tell. Of a removed request, only the reference is known."""

    reference: str
    ecole: str = ""
    commune: str = ""
    site: str = ""
    prenom: str = ""
    age: Optional[int] = None
    demandeur: str = ""
    telephone: str = ""
    courriel: str = ""
    periode: str = ""
    motif: str = ""
    reponse: str = ""
    cree_le: Optional[datetime] = None  # UTC
    lien: str = ""  # the one-time page where the school answers


def composer(genre: str, contenu: Contenu, expediteur: str, destinataire: str, message_id: str, maintenant: datetime) -> EmailMessage:
    """A message with a text and an HTML part. Whatever people typed is one clean line: no header, no tag can be made of it."""
    propre = _propre(contenu)
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = message_id
    message["Date"] = format_datetime(maintenant)
    message["From"] = Address("Établi", addr_spec=expediteur)
    message["To"] = Address(addr_spec=destinataire)
    message["Subject"] = OBJETS[genre].format(reference=propre.reference)
    message["Auto-Submitted"] = "auto-generated"
    if genre in (RELANCE, RETRAIT):
        message["References"] = identifiant(propre.reference, DEMANDE)
    repondre_a = _adresse(contenu.courriel) if genre in (DEMANDE, RELANCE) else None
    if repondre_a:
        message["Reply-To"] = repondre_a
    variables = {**vars(propre), "date": date_en_clair(propre.cree_le.date().isoformat()) if propre.cree_le else ""}
    message.set_content(_gabarits().get_template(f"{genre}.txt").render(variables), cte="quoted-printable")
    message.add_alternative(_gabarits().get_template(f"{genre}.html").render(variables), subtype="html", cte="quoted-printable")
    return message


def en_texte(message: EmailMessage) -> str:
    """The text part of a message, for people who read it in a terminal."""
    partie = message.get_body(("plain",))
    return partie.get_content() if partie else ""


def une_ligne(texte: str, maximum: int = LONGUEUR_MAXIMALE) -> str:
    """Typed text on one line, without control characters or marks that turn the reading direction around."""
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in texte)
    visible = "".join(c for c in visible if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn") or c == "\u200d")
    visible = " ".join(visible.split())
    return visible if len(visible) <= maximum else visible[: maximum - 1] + "…"


def _propre(contenu: Contenu) -> Contenu:
    return Contenu(**{nom: une_ligne(valeur) if isinstance(valeur, str) else valeur for nom, valeur in vars(contenu).items()})


def _adresse(courriel: str) -> Optional[Address]:
    """A Reply-To only from an address that is one, and nothing more."""
    if not re.fullmatch(r"[\w.+%'-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?", courriel, re.ASCII):
        return None
    try:
        return Address(addr_spec=courriel)
    except (ValueError, IndexError):
        return None


@lru_cache(maxsize=1)
def _gabarits() -> Environment:
    return Environment(
        loader=FileSystemLoader(GABARITS),
        autoescape=lambda nom: bool(nom) and nom.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
