"""Settings, read from the environment (prefix ``ETABLI_``), never at import."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from environs import Env

RACINE = Path(__file__).resolve().parent.parent
MODES = ("developpement", "production")
SUR_PLACE, SERVEUR = ACTIONS = ("sur_place", "serveur")
SANS_CHIFFREMENT, STARTTLS, TLS = SECURITES = ("aucune", "starttls", "tls")


class ReglageInvalide(ValueError):
    """A setting cannot be used; the message is one French sentence for whoever starts Établi."""


@dataclass(frozen=True)
class Courrier:
    """How mails leave. Without ``hote`` nothing leaves: requests wait and the staff sees them."""

    hote: str = ""
    port: int = 587
    utilisateur: str = ""
    mot_de_passe: str = field(default="", repr=False)
    securite: str = STARTTLS
    expediteur: str = ""
    relais: str = ""  # who passes requests on to the schools that have no address of their own
    delai_s: int = 20  # for each step of the exchange with the server
    pause_s: int = 60  # before the second attempt; the next pauses grow


@dataclass(frozen=True)
class Reglages:
    """What may differ from one machine to another."""

    base: str
    port: int
    port_actions: int
    mode: str
    secret_actions: str
    actions: str = SUR_PLACE
    port_pages: int = 5056
    adresse_publique: str = ""  # of the pages, as people outside reach them; no slash at the end
    secret: str = ""  # signs links and sessions
    courrier: Courrier = Courrier()
    jours_conversations: int = 30
    jours_demandes: int = 183  # « six mois au plus », said at consent
    responsable: str = ""  # who answers for the personal data: an organisation and how to write to it
    origines: tuple[str, ...] = ()  # sites, besides our own pages, that may show the widget
    mandataires: int = 0  # how many proxies of ours stand in front of the server

    @property
    def en_developpement(self) -> bool:
        return self.mode == "developpement"

    @property
    def actions_sur_place(self) -> bool:
        return self.actions == SUR_PLACE


def lire_reglages() -> Reglages:
    """Read the settings. Raises ``ReglageInvalide`` with the key, the value received and what is expected."""
    env = Env(prefix="ETABLI_")
    mode = env.str("MODE", "developpement")
    if mode not in MODES:
        raise ReglageInvalide(f"ETABLI_MODE vaut « {mode} » : choisis {' ou '.join(MODES)}.")
    actions = env.str("ACTIONS", SUR_PLACE)
    if actions not in ACTIONS:
        raise ReglageInvalide(f"ETABLI_ACTIONS vaut « {actions} » : choisis {' ou '.join(ACTIONS)}.")
    port = _port(env, "PORT", 5005)
    port_pages = _port(env, "PORT_PAGES", min(port + 51, 65535))
    return Reglages(
        base=_base_absolue(env.str("BASE", "sqlite:///var/etabli.db")),
        port=port,
        port_actions=_port(env, "PORT_ACTIONS", 5055),
        mode=mode,
        secret_actions=env.str("SECRET_ACTIONS", "") or _secret_local("secret_actions"),
        actions=actions,
        port_pages=port_pages,
        adresse_publique=env.str("ADRESSE_PUBLIQUE", f"http://localhost:{port_pages}").rstrip("/"),
        secret=env.str("SECRET", "") or _secret_local("secret"),
        courrier=_courrier(env),
        jours_conversations=_nombre(env, "JOURS_CONVERSATIONS", 30, 3650, "un nombre de jours"),
        jours_demandes=_nombre(env, "JOURS_DEMANDES", 183, 3650, "un nombre de jours"),
        responsable=" ".join(env.str("RESPONSABLE", "").split()),
        origines=_origines(env.str("ORIGINES", "")),
        mandataires=_mandataires(env.str("MANDATAIRES", "0")),
    )


def _courrier(env: Env) -> Courrier:
    securite = env.str("SMTP_SECURITE", STARTTLS)
    if securite not in SECURITES:
        raise ReglageInvalide(f"ETABLI_SMTP_SECURITE vaut « {securite} » : choisis {', '.join(SECURITES)}.")
    return Courrier(
        hote=env.str("SMTP_HOTE", "").strip(),
        port=_port(env, "SMTP_PORT", 587),
        utilisateur=env.str("SMTP_UTILISATEUR", ""),
        mot_de_passe=env.str("SMTP_MOT_DE_PASSE", ""),
        securite=securite,
        expediteur=_adresse(env, "EXPEDITEUR"),
        relais=_adresse(env, "RELAIS"),
        delai_s=_nombre(env, "SMTP_DELAI", 20, 600, "des secondes"),
        pause_s=_nombre(env, "SMTP_PAUSE", 60, 3600, "des secondes"),
    )


def _adresse(env: Env, cle: str) -> str:
    brute = env.str(cle, "").strip()
    if brute and not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", brute):
        raise ReglageInvalide(f"ETABLI_{cle} vaut « {brute} » : donne une adresse mail, comme sejours@example.org.")
    return brute


def _port(env: Env, cle: str, defaut: int) -> int:
    return _nombre(env, cle, defaut, 65535, "un numéro de port")


def _nombre(env: Env, cle: str, defaut: int, maximum: int, quoi: str) -> int:
    brut = env.str(cle, str(defaut))
    if not brut.isdigit() or not 1 <= int(brut) <= maximum:
        raise ReglageInvalide(f"ETABLI_{cle} vaut « {brut} » : donne {quoi} entre 1 et {maximum}.")
    return int(brut)


def _origines(brut: str) -> tuple[str, ...]:
    """Sites by scheme and host, as browsers name them. A path or a star is refused: it would not mean what it seems to."""
    origines = tuple(o.strip().rstrip("/") for o in brut.split(",") if o.strip())
    for origine in origines:
        lue = urlsplit(origine)
        if lue.scheme not in ("http", "https") or not lue.netloc or "*" in origine or origine != f"{lue.scheme}://{lue.netloc}":
            raise ReglageInvalide(f"ETABLI_ORIGINES contient « {origine} » : donne des sites comme https://www.example.org, séparés par des virgules.")
    return origines


def _mandataires(brut: str) -> int:
    if not brut.isdigit():
        raise ReglageInvalide(f"ETABLI_MANDATAIRES vaut « {brut} » : donne le nombre de serveurs mandataires placés devant Établi (0, 1…).")
    return int(brut)


def _base_absolue(url: str) -> str:
    """A relative SQLite path is relative to the project, not to the folder the command was typed in."""
    prefixe = "sqlite:///"
    if url.startswith(prefixe) and not url.startswith(prefixe + "/") and url != prefixe + ":memory:":
        return prefixe + str(RACINE / url[len(prefixe) :])
    return url


def _secret_local(nom: str) -> str:
    """A secret that the processes of one machine share: drawn once, kept in ``var/``, readable by its owner only."""
    fichier = RACINE / "var" / nom
    if not fichier.exists():
        fichier.parent.mkdir(exist_ok=True)
        brouillon = fichier.with_suffix(f".{secrets.token_hex(4)}")
        brouillon.touch(mode=0o600)
        brouillon.write_text(secrets.token_urlsafe(32))
        try:
            fichier.hardlink_to(brouillon)  # atomic, and loses politely when another process was first
        except FileExistsError:
            pass
        brouillon.unlink()
    return fichier.read_text().strip()


def empreinte(chemins: list[Path]) -> str:
    """SHA-256 over the names and contents of files, in a fixed order: says whether a model is still up to date."""
    somme = hashlib.sha256()
    for chemin in sorted(chemins):
        somme.update(str(chemin.relative_to(RACINE)).encode())
        somme.update(chemin.read_bytes())
    return somme.hexdigest()
