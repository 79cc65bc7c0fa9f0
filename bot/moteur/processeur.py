"""Établi's message processor: the gate first, then Rasa's own work, and never silence."""

from __future__ import annotations

import logging
from typing import Any, Optional

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import DEFAULT_SLOT_NAMES
from rasa.shared.core.events import ActionExecutionRejected, BotUttered, DefinePrevUserUtteredFeaturization, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.francais.alertes import alerte
from bot.francais.memoire import oublier
from bot.moteur.correctifs.regles import CHEMINS_CONNUS, Chemin, derniers_pas
from bot.moteur.porte import passer
from bot.moteur.prechauffage import prechauffer
from bot.nlu.lecture import AIDE_DISCRETE, DETRESSE, QUESTION_GARDEE

logger = logging.getLogger(__name__)

PANNE = "utter_panne"
ACCUEIL = "utter_saluer"
PRESENTATION = "utter_presentation"
AIDE = "utter_aide_discrete"
QUESTION = "utter_question_gardee"
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
        liens = [lien for case in self.domain.slots if case.name not in DEFAULT_SLOT_NAMES for lien in case.mappings]
        self._cases_par_entites = all(lien["type"] == "from_entity" or (lien["type"] == "custom" and "action" not in lien) for lien in liens)
        self._predictions: dict[Chemin, PolicyPrediction] = {}
        prechauffer()

    async def handle_message(self, message: UserMessage) -> Optional[list[dict[str, Any]]]:
        try:
            return await super().handle_message(message)
        finally:
            oublier()

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Nothing: Rasa builds an empty domain at every message to compare; our labels are checked when the model is trained."""

    async def _handle_message_with_tracker(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        passage = passer(message.text, tracker.events, *self._deja_a_l_ecran(message, tracker))
        message.text = passage.texte
        message.parse_data = {**passage.lecture, "text": passage.texte} if passage.lecture else None
        premiere_fois = tracker.get_last_event_for(UserUttered) is None
        await super()._handle_message_with_tracker(message, tracker)
        aide = (tracker.latest_message.parse_data or {}).get(AIDE_DISCRETE)
        if aide and (not _deja_dit(tracker, AIDE) or alerte(message.text or "", en_riant=True)):  # « mdr jvais me tuer » hears it each time
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

    def _predict_next_with_tracker(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        """As Rasa's, worked out once for each way to come to this point; inside a form, more than the last turns may count."""
        if tracker.followup_action or tracker.active_loop_name:
            return self._predire(tracker)
        chemin = derniers_pas(tracker)
        if chemin not in self._predictions:
            if len(self._predictions) >= CHEMINS_CONNUS:
                self._predictions.clear()
            self._predictions[chemin] = self._predire(tracker)
        return self._predictions[chemin]

    def _predire(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        """As Rasa's, without the event of every turn which says that words were not read: no rule of ours reads them. A row and a copy less."""
        prediction = super()._predict_next_with_tracker(tracker)
        prediction.events = [e for e in prediction.events if e != DefinePrevUserUtteredFeaturization(False)]
        return prediction

    async def _run_prediction_loop(self, output_channel: OutputChannel, tracker: DialogueStateTracker) -> None:
        await super()._run_prediction_loop(output_channel, tracker)
        sujet = (tracker.latest_message.parse_data or {}).get(QUESTION_GARDEE) if tracker.latest_message else None
        en_pause = "sejour_etapes" in tracker.slots and tracker.get_slot("sejour_etapes")  # the request that waits has its own button
        if sujet and not en_pause:
            await self._garder_la_question(sujet, output_channel, tracker)

    async def _garder_la_question(self, sujet: str, canal: OutputChannel, tracker: DialogueStateTracker) -> None:
        """Help came first; what was asked beside it, or instead of it where the alarm was false, is a button away."""
        titre = self.domain.responses[f"utter_{sujet}"][0]["metadata"]["question"]
        dite = await self.nlg.generate(QUESTION, tracker, canal.name())
        rappel = BotUttered(dite["text"], {"buttons": [{"title": titre, "payload": f"/{sujet}"}]}, {"utter_action": QUESTION})
        await self._send_bot_messages([rappel], tracker, canal)
        tracker.update(rappel, self.domain)

    async def run_action_extract_slots(self, output_channel: OutputChannel, tracker: DialogueStateTracker) -> DialogueStateTracker:
        """Nothing to look for in a message without landmarks: every slot is filled by an action, or by an entity."""
        if not tracker.latest_message.entities and self._cases_par_entites:
            return tracker
        return await super().run_action_extract_slots(output_channel, tracker)

    async def _run_action(
        self, action: Action, tracker: DialogueStateTracker, output_channel: OutputChannel, nlg: NaturalLanguageGenerator, prediction: PolicyPrediction
    ) -> bool:
        """As Rasa's, but an action that breaks says so to the person, and the tracker is copied only when the policy adds events to it."""
        vu = tracker
        if prediction.events:
            vu = tracker.copy()
            vu.update_with_events(prediction.events, self.domain)
        try:
            if action.name() == vu.active_loop_name and vu.latest_message.intent.get("name") == DETRESSE:
                # Distress is no answer to a form, and the form would ask an action server that may be dead before it says so.
                raise ActionExecutionRejection(action.name())
            evenements = await action.run(output_channel, nlg, vu, self.domain) or []
        except ActionExecutionRejection:
            tracker.update(ActionExecutionRejected(action.name(), prediction.policy_name, prediction.max_confidence))
            return self.should_predict_another_action(action.name())
        except Exception:
            logger.exception("L'action %s a échoué : la personne reçoit des excuses.", action.name())
            evenements = [await self._excuses(tracker, output_channel)]
        self._log_action_on_tracker(tracker, action, evenements, prediction)
        if any(isinstance(e, UserUttered) for e in evenements):
            await self.run_action_extract_slots(output_channel, tracker)
        await self.execute_side_effects(evenements, tracker, output_channel)
        return self.should_predict_another_action(action.name())

    async def _excuses(self, tracker: DialogueStateTracker, canal: OutputChannel) -> BotUttered:
        reponse = await self.nlg.generate(PANNE, tracker, canal.name())
        return BotUttered(reponse.get("text"), {"buttons": reponse.get("buttons")}, {"utter_action": PANNE})


def _deja_dit(tracker: DialogueStateTracker, reponse: str) -> bool:
    return any(isinstance(e, BotUttered) and e.metadata.get("utter_action") == reponse for e in tracker.events)
