"""What understanding a message yields, in one shape for the classifier, the gate and the actions.

A *label* is what the classifier learns: an intent (``chercher_ecole``) or one subject of a retrieval intent
(``faq/cout``). A *question* is a label found in the message, with how sure we are and the words it was read in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

QUESTIONS = "questions"
POLITESSES = "politesses"  # labels of what is said beside the questions
OFFRES = "offres"  # the buttons that a bare yes answers
AIDE_DISCRETE = "aide_discrete"  # true when help is worth a line after the answer
FAQ = "faq"
DETRESSE = "detresse"
QUESTION_GARDEE = "question_gardee"  # a subject asked about beside a distress: it can wait, it is not forgotten
PLUSIEURS = "plusieurs_questions"
HESITER = "hesiter"
INCONNU = "inconnu"

SALUER = "saluer"
SALUTATIONS = (SALUER, "remercier")
DETRESSES = tuple(f"{DETRESSE}/{genre}" for genre in ("fugue", "harcelement", "mal_etre", "rue", "suicide", "urgence", "violence"))
_INTENTIONS_A_SUJETS = (FAQ, DETRESSE)
# Intents that ask for something: one question among several, or one of two to choose from.
COMBINABLES = frozenset(
    {FAQ, "chercher_ecole", "demander_sejour", "presenter_ecole", "situer_ecole", "contacter_ecole", "demander_humain", "demander_si_robot"}
)


@dataclass(frozen=True)
class Question:
    """One thing that the person asks or says."""

    nom: str
    confiance: float
    texte: str = ""
    reponse: str = ""  # the name of another answer than the subject's own

    @property
    def intention(self) -> str:
        return self.nom.split("/", 1)[0]


def donnees_de_lecture(intention: str, confiance: float, questions: Sequence[Question]) -> dict[str, Any]:
    """The properties that Rasa stores with a message: ``intent``, ``response_selector``, ``questions``.

    ``response_selector`` has the layout of Rasa's own ResponseSelector, so that its ``utter_<intent>`` actions work.
    """
    return {
        "intent": {"name": intention, "confidence": round(float(confiance), 4)},
        "response_selector": {
            "all_retrieval_intents": list(_INTENTIONS_A_SUJETS),
            **{q.intention: _selection(q) for q in reversed(questions) if "/" in q.nom},
        },
        QUESTIONS: [dict(vars(q)) for q in questions],
    }


def _selection(question: Question) -> dict[str, Any]:
    return {
        "response": {
            "responses": [],
            "confidence": round(float(question.confiance), 4),
            "intent_response_key": question.nom,
            "utter_action": f"utter_{question.reponse or question.nom}",
        },
        "ranking": [],
    }
