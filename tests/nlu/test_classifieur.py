"""When letters are enough, the encoder is left alone; a doubt wakes it for the whole message, the shadow of a distress for what casts it."""

from __future__ import annotations

import numpy as np
import pytest
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from bot.francais.memoire import oublier
from bot.francais.normalisation import normaliser
from bot.nlu import encodeur as module_encodeur
from bot.nlu.classifieur import PROBABILITES, ClassifieurNeuronal
from bot.nlu.decoupe import PROPOSITIONS
from bot.nlu.descente import Apprentissage
from bot.nlu.ecoute import apprendre
from bot.nlu.encodeur import DIMENSIONS, Sens
from bot.nlu.ngrammes import Vocabulaire
from bot.nlu.reseau import peser

JAMAIS, TOUJOURS = (2.0, 2.0), (0.001, 2.0)
PHRASES = {
    "faq/cout": ["combien ça coûte", "c'est combien par an", "le prix de l'année", "ça coûte cher", "faut payer combien", "combien on paie"],
    "faq/internat": ["il y a un internat", "on peut dormir là-bas", "internat le soir", "une chambre à l'internat", "dormir à l'internat", "y a l'internat"],
    "detresse/violence": ["mon père me frappe", "il me frappe tous les soirs", "on me tape à la maison", "elle me bat", "il me tape", "on me frappe"],
}


@pytest.fixture(scope="module")
def classifieur() -> tuple[ClassifieurNeuronal, Vocabulaire]:
    textes = [t for phrases in PHRASES.values() for t in phrases]
    vocabulaire = Vocabulaire.apprendre(textes, range(2, 6), 1)
    etiquettes = [nom for nom, phrases in PHRASES.items() for _ in phrases]
    sens = module_encodeur.encodeur().encoder(textes)
    ecoute = apprendre(sens, vocabulaire.vecteurs(textes), etiquettes, Apprentissage(caches=32, passages=150), 16, 2026)
    reglages = {**ClassifieurNeuronal.get_default_config(), "sur": 0.7, "detresse_possible": 0.2, "deux_possibles": JAMAIS}
    return ClassifieurNeuronal(reglages, None, None, ecoute), vocabulaire


@pytest.mark.parametrize(
    ("message", "propositions", "lus"),
    [
        ("combien ça coûte", [], []),
        ("combien ça coûte, internat le soir", ["combien ça coûte", "internat le soir"], ["combien ça coûte, internat le soir"]),
        ("zblorf gnagna", [], ["zblorf gnagna"]),
        ("combien ça coûte combien on paie, il me frappe", ["combien ça coûte combien on paie", "il me frappe"], ["il me frappe"]),
    ],
)
def test_le_sens_n_est_lu_que_dans_le_doute(
    classifieur: tuple[ClassifieurNeuronal, Vocabulaire], monkeypatch: pytest.MonkeyPatch, message: str, propositions: list[str], lus: list[str]
) -> None:
    composant, vocabulaire = classifieur
    assert _encodes(composant, vocabulaire, monkeypatch, message, propositions) == lus


def test_le_sens_de_tout_est_lu_quand_ce_sont_peut_etre_deux_questions(
    classifieur: tuple[ClassifieurNeuronal, Vocabulaire], monkeypatch: pytest.MonkeyPatch
) -> None:
    composant, vocabulaire = classifieur
    hesitant = ClassifieurNeuronal({**composant._config, "deux_possibles": TOUJOURS}, None, None, composant._modele)
    message, propositions = "combien ça coûte, internat le soir", ["combien ça coûte", "internat le soir"]
    assert _encodes(hesitant, vocabulaire, monkeypatch, message, propositions) == [message, *propositions]
    deux_fois = "combien ça coûte, combien on paie", ["combien ça coûte", "combien on paie"]
    assert not _encodes(hesitant, vocabulaire, monkeypatch, *deux_fois)


def _encodes(composant: ClassifieurNeuronal, vocabulaire: Vocabulaire, monkeypatch: pytest.MonkeyPatch, message: str, propositions: list[str]) -> list[str]:
    """The texts that the encoder is given."""
    encodes: list[str] = []
    vrai = module_encodeur.encodeur()
    monkeypatch.setattr(type(vrai), "encoder", lambda self, textes: (encodes.extend(textes), np.zeros((len(textes), DIMENSIONS), np.float32))[1])
    messages = [Message({TEXT: texte, PROPOSITIONS: len(propositions) if texte is message else 0}) for texte in (message, *propositions)]
    for un in messages:
        un.add_features(Features(vocabulaire.vecteurs([un.get(TEXT)]), FEATURE_TYPE_SENTENCE, TEXT, "lettres"))
        un.add_features(Sens(un.get(TEXT), "sens"))
    composant.process(messages)
    assert all(abs(sum(un.get(PROBABILITES).values()) - 1) < 1e-4 for un in messages)
    return encodes


def test_une_histoire_pese_ce_que_disent_ses_phrases() -> None:
    entier, parties = np.array([0.5, 0.4, 0.1]), np.array([[0.05, 0.9, 0.05], [0.2, 0.6, 0.2]])
    pesees = peser(entier, parties, 0.5)
    assert pesees.argmax() == 1 and pesees.sum() == pytest.approx(1)
    assert peser(entier, parties[:1], 0.5) is entier


def test_rien_de_ce_qui_est_tape_ne_reste_apres_le_tour() -> None:
    normaliser("mon numero est le 06 39 98 00 07")
    assert normaliser.cache_info().currsize
    oublier()
    assert not normaliser.cache_info().currsize
