"""Set a cell of a school by hand: it wins over every file until it is lifted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ecoles.ecoles_chargees import recalculer_enseigne
from bot.ecoles.importation.comparaison import CHANGEE, EQUIPE, Comparaison, Comparateur, Regles, fusionner
from bot.ecoles.importation.ecriture import Auteur, ecrire, journaliser, maintenant
from bot.ecoles.importation.fiches import Fiche, fiches
from bot.ecoles.importation.formats import COLONNES, DERIVEES, ETABLI
from bot.ecoles.importation.modeles import CORRECTION, Changement, Correction, Importation
from bot.ecoles.lecture import LigneRefusee

POSITION = "position"  # « 45.77 4.88 »: latitude and longitude only make sense together
CORRIGEABLES = (*(nom for nom in COLONNES if nom not in ("id", "source", "date_source", "latitude", "longitude", *DERIVEES)), POSITION)


@dataclass(frozen=True)
class Evenement:
    """A line of a school's history. ``origine`` is the file of an import, or the reason of a correction."""

    le: datetime
    qui: str
    action: str
    champ: str
    avant: str
    apres: str
    origine: str


def corriger(session: Session, ecole_id: str, champ: str, valeur: str, qui: str, raison: str) -> dict[str, tuple[str, str]]:
    """Change the cell and remember it as set by hand; return what changed. The caller commits. Raises ``LigneRefusee``."""
    cellules = _cellules(champ, valeur)
    avant = _lire(session, ecole_id)
    comparateur = Comparateur(session, Regles(ETABLI, "", ""))
    if "code_insee" in cellules:  # the commune's name comes with its code
        cellules["commune"] = ""
    mention = {"source": fusionner(avant["source"], EQUIPE, maintenant().strftime("%Y-%m-%d"))}
    apres, valeurs = comparateur.verifier(avant | cellules | mention)
    changements = {nom: (avant[nom], apres[nom]) for nom in COLONNES if avant[nom] != apres[nom] and nom not in DERIVEES}
    une = Comparaison(CHANGEE, 0, ecole_id, apres["nom"], changements, [], [], apres, valeurs)
    ecrire(session, comparateur.reference, [une], Auteur(qui, CORRECTION, raison=raison))
    for nom in cellules:
        session.merge(Correction(ecole_id=ecole_id, champ=nom, valeur=apres[nom], raison=raison, qui=qui, le=maintenant()))
    session.flush()
    recalculer_enseigne(session)
    return changements


def lever(session: Session, ecole_id: str, champ: str, qui: str) -> None:
    """Forget a correction: the value stays, and the next file may change it. Raises ``LigneRefusee`` when there is none."""
    noms = ("latitude", "longitude") if champ == POSITION else ("code_insee", "commune") if champ == "code_insee" else (champ,)
    trouvees = [trouvee for nom in noms if (trouvee := session.get(Correction, (ecole_id, nom)))]
    if not trouvees:
        raise LigneRefusee(f"« {ecole_id} » n'a pas de correction sur « {champ} »")
    for trouvee in trouvees:
        session.delete(trouvee)
        une = Comparaison(CHANGEE, 0, ecole_id, "", {trouvee.champ: (trouvee.valeur, trouvee.valeur)})
        journaliser(session, [une], Auteur(qui, CORRECTION, raison="correction levée : les fichiers peuvent de nouveau changer cette case"))


def histoire(session: Session, ecole_id: str) -> list[Evenement]:
    """Give what happened to a school, the oldest first."""
    requete = select(Changement, Importation.fichier).outerjoin(Importation, Importation.id == Changement.importation)
    lues = session.execute(requete.where(Changement.ecole_id == ecole_id).order_by(Changement.id))
    return [Evenement(c.le, c.qui, c.action, c.champ, c.avant, c.apres, c.raison or fichier or "") for c, fichier in lues]


def _lire(session: Session, ecole_id: str) -> Fiche:
    trouvee = fiches(session, [ecole_id]).get(ecole_id)
    if trouvee is None:
        raise LigneRefusee(f"je ne connais pas l'école « {ecole_id} » : cherche son identifiant avec « etabli ecoles lister »")
    return trouvee


def _cellules(champ: str, valeur: str) -> Fiche:
    if champ not in CORRIGEABLES:
        raise LigneRefusee(f"« {champ} » ne se corrige pas ; choisis parmi {', '.join(CORRIGEABLES)}")
    if champ != POSITION:
        return {champ: valeur.strip()}
    nombres = valeur.replace(",", " ").split()
    if len(nombres) not in (0, 2):
        raise LigneRefusee(f"position « {valeur} » : donne la latitude puis la longitude, comme « 45.77 4.88 »")
    return dict(zip(("latitude", "longitude"), nombres or ("", "")))
