"""A safety net under the classifier: words that leave little doubt, wherever they stand in a message.

Precision first: what a figure of speech also says is left to the classifier, and a laugh beside the words takes them back.
Keys are those of ``detresse/<genre>``.
"""

from __future__ import annotations

import re

from bot.francais.normalisation import cle, normaliser

_RIRE = re.compile(r"\b(?:mdr+|lol+|ptdr+|xd+|ha(?:ha)+|je rigole|jrigole|pour rire|trop drole|dans le jeu|film|serie|chanson)\b")
# The past and the general: « on m'a harcelé, c'est fini », « est-ce qu'il y a eu des viols dans ces écoles ».
_FINI = re.compile(r"\b(?:c est fini|c est passe|c etait|avant|quand j etais petite?|il y a longtemps|ca va mieux|va tres bien|plus maintenant)\b")
_MOTIFS = {
    "suicide": r"(?:plus|pas) envie de vivre|envie de (?:mourir|crever)|j?(?:veux|veu|voudrais|vais|vai) (?:me tuer|me suicider|mourir)|plus etre en vie"
    r"|j?(?:veux|veut|veu|vouloir|envie d) ?en finir|me foutre en l air|mettre fin a (?:mes|ses) jours|(?:me|se) scarifie|lettre d adieu"
    r"|(?:me|se) (?:coupe|taille|mutile) (?:les|le) (?:bras|veines|poignets?|cuisses)|(?:pense|penser|pensees?) (?:au|a me) suicid\w+|idees suicidaires",
    "violence": r"(?:mon|ma|son|sa) (?:pere|mere|daron|daronne|beau pere|belle mere|frere|oncle|mec|copain) (?:me|la|le|nous) (?:frappe|tape|bat|cogne|touche)"
    r"|(?:me|m a|l a|la) viole|attouchements?|me force a coucher|(?:on me|il me|elle me) (?:frappe|bat|cogne) (?:a la maison|tous les jours|tous les soirs)",
    "rue": r"(?:je|on) (?:dors|dort|vais dormir) (?:dehors|dans la rue|dans une voiture|dans un parking|sous un pont)"
    r"|(?:m a|m ont|me) (?:mis|foutu|vire|jete)e?s? (?:dehors|a la porte|a la rue)|nulle part ou dormir|pas d endroit ou dormir|a la rue ce soir",
}
_ALERTES = {genre: re.compile(rf"\b(?:{motif})\b") for genre, motif in _MOTIFS.items()}


def alerte(texte: str) -> str | None:
    """The kind of distress that the words leave little doubt about, else None."""
    dit = cle(normaliser(texte))
    if _RIRE.search(dit) or _FINI.search(dit):
        return None
    return next((genre for genre, motif in _ALERTES.items() if motif.search(dit)), None)
