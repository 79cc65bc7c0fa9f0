"""Sending the outbox: at least once, never two relays on one mail, pauses that grow. Logs hold references, never addresses."""

from __future__ import annotations

import asyncio
import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Optional

import aiosmtplib
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from bot.ecoles.modeles import Ecole
from bot.reglages import STARTTLS, TLS, Courrier, Reglages
from bot.sejours.boite import PliPris, marquer_echec, marquer_envoye, prendre
from bot.sejours.courriels import AUX_ECOLES, AUX_PERSONNES, Contenu, composer
from bot.sejours.modeles import RETRAIT, DemandeSejour
from bot.sejours.reponses_ecole import lien_de_reponse

logger = logging.getLogger(__name__)

REPOS_S = 2.0


@dataclass
class Bilan:
    """What one round did."""

    envoyes: int = 0
    remis: int = 0  # failed, to be tried again later
    abandonnes: int = 0


class Relais:
    """Sends what may be sent with these settings. Several may run at once, in one process or in many."""

    def __init__(self, fabrique: sessionmaker, reglages: Reglages) -> None:
        self._fabrique = fabrique
        self._reglages = reglages
        self._porteur = uuid.uuid4().hex
        self._delai_total_s = 3 * reglages.courrier.delai_s  # for one mail; half its lease
        self._genres = genres_envoyables(reglages.courrier)
        self.dernier_tour = datetime.utcnow()

    async def une_fois(self) -> Bilan:
        """Send all that is due. A mail that fails does not hold up the others."""
        bilan = Bilan()
        while self._genres:
            self.dernier_tour = datetime.utcnow()
            bail = timedelta(seconds=2 * self._delai_total_s)
            pris = await asyncio.to_thread(prendre, self._fabrique, self._porteur, self._genres, bail, datetime.utcnow())
            if pris is None:
                break
            await self._envoyer(pris, bilan)
        return bilan

    async def sans_fin(self) -> None:
        """Round after round until cancelled; a database that is away for a moment is waited for."""
        while True:
            try:
                await self.une_fois()
                self.dernier_tour = datetime.utcnow()
            except (SQLAlchemyError, OSError) as erreur:
                logger.warning("Le relais attend : %s.", type(erreur).__name__)
            await asyncio.sleep(REPOS_S)

    async def _envoyer(self, pris: PliPris, bilan: Bilan) -> None:
        raison, definitif = "", False
        try:
            await asyncio.wait_for(self._remettre_au_serveur(pris), self._delai_total_s)
        except aiosmtplib.SMTPRecipientsRefused as erreur:
            codes = [refus.code for refus in erreur.recipients]
            raison, definitif = f"destinataire refusé ({', '.join(map(str, codes))})", all(code >= 500 for code in codes)
        except aiosmtplib.SMTPResponseException as erreur:
            # Wrong credentials are ours to mend: only a refusal of this very message is final.
            definitif = erreur.code >= 500 and isinstance(erreur, (aiosmtplib.SMTPDataError, aiosmtplib.SMTPRecipientRefused))
            raison = f"le serveur a dit {erreur.code}"
        except (aiosmtplib.SMTPException, OSError, asyncio.TimeoutError, ValueError) as erreur:
            raison = type(erreur).__name__
        pause = timedelta(seconds=self._reglages.courrier.pause_s)
        if not raison:
            await asyncio.to_thread(marquer_envoye, self._fabrique, pris, datetime.utcnow())
            bilan.envoyes += 1
        elif await asyncio.to_thread(marquer_echec, self._fabrique, pris, raison, definitif, pause, datetime.utcnow()):
            logger.error("Courriel abandonné (%s, %s) : %s.", pris.genre, pris.reference, raison)
            bilan.abandonnes += 1
        else:
            logger.warning("Courriel remis à plus tard (%s, %s) : %s.", pris.genre, pris.reference, raison)
            bilan.remis += 1

    async def _remettre_au_serveur(self, pris: PliPris) -> None:
        contenu = await asyncio.to_thread(lire_contenu, self._fabrique, self._reglages, pris.reference)
        if contenu is None:
            if pris.genre != RETRAIT:
                return  # erased between the lease and now: nothing to say any more
            contenu = Contenu(pris.reference)
        courrier = self._reglages.courrier
        a_qui = courrier.relais if pris.genre in AUX_ECOLES else contenu.courriel
        message = composer(pris.genre, contenu, courrier.expediteur, a_qui, pris.message_id, datetime.now(timezone.utc))
        await aiosmtplib.send(
            message,
            hostname=courrier.hote,
            port=courrier.port,
            username=courrier.utilisateur or None,
            password=courrier.mot_de_passe or None,
            use_tls=courrier.securite == TLS,
            start_tls=courrier.securite == STARTTLS,
            timeout=courrier.delai_s,
        )


def genres_envoyables(courrier: Courrier) -> tuple[str, ...]:
    """Without a server or a sender, none; without the relay's address, what goes to the schools waits."""
    if not (courrier.hote and courrier.expediteur):
        return ()
    return (*AUX_ECOLES, *AUX_PERSONNES) if courrier.relais else AUX_PERSONNES


def lire_contenu(fabrique: sessionmaker, reglages: Reglages, reference: str) -> Optional[Contenu]:
    """The request as its mails tell it; None when it is gone."""
    with fabrique() as session:
        trouvee = session.execute(
            select(DemandeSejour, Ecole).join(Ecole, Ecole.id == DemandeSejour.ecole_id).where(DemandeSejour.reference == reference)
        ).first()
    if trouvee is None:
        return None
    demande, ecole = trouvee
    repris = ("prenom", "age", "demandeur", "telephone", "courriel", "periode", "motif", "reponse", "cree_le")
    return Contenu(
        reference=reference,
        ecole=ecole.nom,
        commune=ecole.commune,
        site=ecole.site,
        lien=lien_de_reponse(reglages.secret, reglages.adresse_publique, reference),
        **{nom: getattr(demande, nom) for nom in repris},
    )
