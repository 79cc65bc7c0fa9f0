"""What the first visitors would wait for, loaded beside them while the service already answers."""

from __future__ import annotations

import gc
from threading import Thread

from bot.moteur.correctifs.actions import actions_sur_place
from bot.nlu.encodeur import encodeur
from bot.reglages import lire_reglages


def prechauffer() -> None:
    """Load the encoder and the actions in a thread of their own. Most first questions do without; nobody waits for them later."""
    Thread(target=_charger, name="prechauffage", daemon=True).start()


def _charger() -> None:
    encodeur()
    if lire_reglages().actions_sur_place:
        actions_sur_place()
    # Everything that stays for good is here: the garbage collector looks at it no more. Looking took a quarter of a second,
    # in the middle of somebody's answer, every few hundred messages.
    gc.collect()
    gc.freeze()
