"""Places: the gazetteer, what is abroad, « près de chez moi »."""

from bot.francais.lieux.ailleurs import partout, pays_etranger, pres_de_moi
from bot.francais.lieux.gazetteer import Gazetteer, gazetteer_de
from bot.francais.lieux.modeles import Lieu, MentionLieu

__all__ = ["Gazetteer", "Lieu", "MentionLieu", "gazetteer_de", "partout", "pays_etranger", "pres_de_moi"]
