"""Établi's message processor: the gate first, then Rasa's own work, and never silence."""

from __future__ import annotations

import logging
from typing import Any, Optional

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.moteur.porte import passer
from bot.nlu.lecture import AIDE_DISCRETE, DETRESSE

logger = logging.getLogger(__name__)

PANNE = "utter_panne"
ACCUEIL = "utter_saluer"
PRESENTATION = "utter_presentation"
AIDE = "utter_aide_discrete"
# The greeting presents itself; a person in distress, or an empty message, must not be met by a presentation.
_SANS_PRESENTATION = {"saluer", DETRESSE, "message_vide", "demander_si_robot"}


class ProcesseurEtabli(MessageProcessor):
    """``MessageProcessor`` with the gate, a presentation at the first answer, and an apology where an action fails."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Rasa goes on without a model when it does not load: a server that looks alive and answers nobody. Ours stops, and says why."""
        try:
            super().__init__(*arguments, **options)
        except Exception as erreur:
            logger.exception("Le modèle ne se charge pas.")
            raise SystemExit(f"Le modèle ne se charge pas ({type(erreur).__name__}) : lance etabli entrainer.") from erreur

    async def _handle_message_with_tracker(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        passage = passer(message.text, tracker.events, *self._deja_a_l_ecran(message, tracker))
        message.text = passage.texte
        message.parse_data = {**passage.lecture, "text": passage.texte} if passage.lecture else None
        premiere_fois = tracker.get_last_event_for(UserUttered) is None
        await super()._handle_message_with_tracker(message, tracker)
        if (tracker.latest_message.parse_data or {}).get(AIDE_DISCRETE) and not _deja_dit(tracker, AIDE):
            await self._dire(AIDE, message.output_channel, tracker)
        if premiere_fois and not (message.metadata or {}).get("presente"):
            await self._se_presenter(message.output_channel, tracker)

    def _deja_a_l_ecran(self, message: UserMessage, tracker: DialogueStateTracker) -> tuple[Optional[str], list[dict[str, str]]]:
        """The words of the pressed button, and the greeting's buttons where the page showed the greeting before the first message."""
        memoire = message.metadata or {}
        titre = memoire.get("titre")
        montre = memoire.get("presente") and tracker.get_last_event_for(UserUttered) is None
        boutons = self.domain.responses[ACCUEIL][0].get("buttons") or [] if montre else []
        return (titre if isinstance(titre, str) else None), boutons

    async def _se_presenter(self, canal: OutputChannel, tracker: DialogueStateTracker) -> None:
        if tracker.latest_message.intent.get("name") in _SANS_PRESENTATION:
            return
        await self._dire(PRESENTATION, canal, tracker)

    async def _dire(self, reponse: str, canal: OutputChannel, tracker: DialogueStateTracker) -> None:
        evenements = await self._get_action(reponse).run(canal, self.nlg, tracker, self.domain)
        await self._send_bot_messages(evenements, tracker, canal)
        tracker.update_with_events(evenements, self.domain)

    async def _run_action(self, action: Action, *arguments: Any, **options: Any) -> bool:
        return await super()._run_action(ActionSansSilence(action), *arguments, **options)


def _deja_dit(tracker: DialogueStateTracker, reponse: str) -> bool:
    return any(isinstance(e, BotUttered) and e.metadata.get("utter_action") == reponse for e in tracker.events)


class ActionSansSilence(Action):
    """Runs an action; if it breaks, says so to the person instead of going on as if it had worked."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def __getattr__(self, nom: str) -> Any:
        return getattr(self._action, nom)

    def name(self) -> str:
        return self._action.name()

    def event_for_successful_execution(self, prediction: Any) -> Event:
        return self._action.event_for_successful_execution(prediction)

    async def run(self, output_channel, nlg, tracker, domain) -> list[Event]:
        if self.name() == tracker.active_loop_name and tracker.latest_message.intent.get("name") == DETRESSE:
            # Distress is no answer to a form, and the form would ask an action server that may be dead before it says so.
            raise ActionExecutionRejection(self.name())
        try:
            return await self._action.run(output_channel, nlg, tracker, domain)
        except ActionExecutionRejection:
            raise
        except Exception:
            logger.exception("L'action %s a échoué : la personne reçoit des excuses.", self.name())
            reponse = await nlg.generate(PANNE, tracker, output_channel.name())
            return [BotUttered(reponse.get("text"), {"buttons": reponse.get("buttons")}, {"utter_action": PANNE})]
