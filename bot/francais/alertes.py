"""A safety net under the classifier: words that leave little doubt, wherever they stand in a message.

Precision first: what a figure of speech also says is left to the classifier, and a laugh beside the words takes them back.
Keys are those of ``detresse/<genre>``.
"""

from __future__ import annotations

import re

from bot.francais.memoire import le_temps_d_un_message
from bot.francais.normalisation import cle, normaliser

_RIRE = re.compile(r"\b(?:mdr+|lol+|ptdr+|xd+|ha(?:ha)+|je rigole|jrigole|pour rire|trop drole|dans le jeu|film|serie|chanson)\b")
# The past and the general: « on m'a harcelé, c'est fini », « est-ce qu'il y a eu des viols dans ces écoles ».
_FINI = re.compile(r"\b(?:c est fini|c est passe|c etait|avant(?! (?:le|la|les|l|que|de|d)\b)|quand j etais petite?|il y a longtemps|ca va mieux|va tres bien|plus maintenant)\b")
# « je vais mourir de honte », « pas envie de mourir ouvrier »: how one would rather not die, or a manner of speaking.
_DE_QUOI = r"de (?:honte|rire|faim|soif|peur|ennui|fatigue|froid|chaud|chaleur|rage|trouille|sommeil|stress\w*|trac|impatience|jalousie)\b"
_AU_FIGURE = rf"(?! (?:{_DE_QUOI}|ouvri\w+|idiot|bete|con\b|vieux))"
_MANIERE_DE_PARLER = re.compile(rf"\btape\w* (?:sur (?:le|la|mon|ma|son|sa|un) (?:tel|telephone|portable|clavier|ordi\w*|tablette)|(?:le|son|mon|ce|un) (?:message|texte|sms))|\b(?:mour\w+|meur\w*|mort\w*|crev\w+) {_DE_QUOI}")
_VEUX = r"(?:veux|veu|veut|voudrais|compte)"
_MOURIR = r"(?:mourr?ir|crev(?:er|e|es|ez)|creuve\w*)"
_PAS_UNE_ECOLE = "".join(f"(?<!{qui} )" for qui in ("cfa", "lycee", "college", "ecole", "patron", "patronne", "prof", "proviseur", "directeur", "principal"))
_RIEN_A_MANGER = r"(?:rien|pas|plus rien|plus|pas grand chose|que dalle) (?:a|de quoi) (?:manger|bouffer)"
_CHEZ_NOUS = r"(?:chez (?:moi|nous|mes parents|ma mere|mon pere)|a la maison)"
_MOTIFS = {
    "suicide": rf"(?:plus|pas) envie de vivre|envi?e? (?:de|d) ?(?:{_MOURIR}{_AU_FIGURE}|en finir|disparaitre pour)"
    rf"|(?:{_VEUX}|vais|vai) (?:me tuer|me suicider|en finir)|{_VEUX} {_MOURIR}{_AU_FIGURE}|(?:vais|vai) {_MOURIR}$"
    rf"|{_VEUX} (?:plus|pas) (?:vivre|etre la|etre en vie|exister)|{_VEUX} (?:pas|plus) me reveiller|(?:{_VEUX}|vais|vai) me (?:pendre|flinguer|jeter (?:sous|par|du)|foutre en l air)"
    r"|me flingue$|me fou\w* en l air|mettre fin a (?:mes|ses) jours|(?:me|se) (?:scarifie|mutile)|lettre d adieu|(?:fait|fais) une ts|^(?:kms|mourir|suicide|me suicider|me tuer|en finir)$"
    r"|(?:me|se) (?:coupe|taille) (?:les|le) (?:bras|veines|poignets?|cuisses)|^je me coupe$|(?:pense|penser|pensees?) (?:au|a me) suicid\w+|idees suicidaires"
    r"|[ms]?endormir et (?:ne )?(?:pas|plus|jamais) (?:me|se) reveiller|un plan pour en finir|scarifications?"
    r"|compt(?:e|er|es) (?:tous )?les (?:cachets?|cachetons?|medocs?|medicaments?)"
    r"|(?:fils|fille|eleve|copine|pote|soeur|frere|il|elle) (?:ne )?veut (?:plus vivre|mourir|en finir)",
    "violence": r"(?:mon|ma|son|sa) (?:pere|mere|daron|daronne|beau pere|belle mere|frere|oncle|mec|copain) (?:me|la|le|nous) (?:frappe|tape|bat|cogne|touche)"
    r"|(?:me|m a|l a|la) viole|attouchements?|me force a coucher|(?:on me|il me|elle me) (?:frappe|bat|cogne) (?:a la maison|tous les jours|tous les soirs)"
    rf"|{_CHEZ_NOUS} (?:on|il|elle|ils) (?:me|nous|m) (?:frappe|tape|bat|cogne)(?:nt|ent)?(?! (?:sur les nerfs|dans l oeil|la honte))"
    rf"|{_CHEZ_NOUS} (?:(?:il )?(?:y |n y )?a|ya|on (?:n )?a) (?:souvent )?{_RIEN_A_MANGER}|{_RIEN_A_MANGER} {_CHEZ_NOUS}|mange pas a (?:ma|sa|notre) faim",  # the 119 too
    "rue": r"(?:je|on) (?:dors|dort|vais dormir) (?:dehors|dans la rue|dans une voiture|dans un parking|sous un pont)"
    rf"|{_PAS_UNE_ECOLE}(?:m a|m ont|me) (?:mis|foutu|vire|jete)e?s? (?:dehors|a la porte|a la rue)(?! (?:de (?:son|sa|ses|l|la|cours)|du) )|nulle part ou dormir|pas d endroit ou dormir|a la rue ce soir",
    "mal_etre": r"(?:mettre|poser|met|pose) une bombe (?:au|a|dans)|(?:faire|fais) une tuerie|(?:faire|fais) (?:tout )?(?:peter|sauter|exploser) (?:le|mon|au|ce|tout le) (?:college|lycee|bahut)"
    r"|(?:faire|fais) tout (?:peter|sauter|exploser) (?:au|a l|dans) |plus gout a rien(?! (?:a l ecole|au lycee|au college|en (?:cours|classe))\b)",
    "urgence": r"(?:a|ai|ont|vien[st]|vient de|viens de|vient d|viens d) (?:tout )?avale\w* (?:\w+ ){0,5}(?:plaquettes?|medocs?|medicaments?|cachets?|cachetons?|comprimes?|somniferes?|javel)"
    r"|(?:menace\w*|va|veut|parle|essaye|essaie|prete?) (?:de |d |a )?(?:sauter|se jeter|se defenestrer) (?:du|d un|par|sous|dans) (?:le |la |les |l |un |une )?(?:toit|pont|balcon|fenetre|train|metro|viaduc|vide|\w+ etage)"
    r"|(?:ne |n )?respire (?:plus|pas)(?= (?:du tout|et|il|elle|je|on|que|quoi|aide\w*|vite)\b|$)|(?:s est|me suis|se sont) (?:ouvert|taillade|tranche) (?:les|le) (?:veines?|poignets?|bras)",
}
# « jveux », « jme » : the normaliser does not open every glued pronoun.
_COLLE = re.compile(r"\bj(?=(?:veux|veu|vais|vai|voudrais|me|compte)\b)")
_ALERTES = {genre: re.compile(rf"\b(?:{motif})\b") for genre, motif in _MOTIFS.items()}


def alerte(texte: str, en_riant: bool = False) -> str | None:
    """The kind of distress that the words leave little doubt about, else None. ``en_riant``: even beside a laugh."""
    genre, rit = _entendue(texte)
    return None if rit and not en_riant else genre


@le_temps_d_un_message
def _entendue(texte: str) -> tuple[str | None, bool]:
    """What the words say now, and whether a laugh takes them back: asked several times of each message."""
    plie = texte.casefold()
    ouvert = _COLLE.sub("je ", plie)
    # Both views: the normaliser opens SMS spelling, and now and then a good word with it (« mutile » gives « m'utile »).
    # It reads upper case like lower case, and the message as it stands has just been normalised.
    dits = (cle(ouvert), cle(normaliser(texte if ouvert == plie else ouvert)))
    if any(_FINI.search(dit) for dit in dits):
        return None, False
    genre = next((genre for genre, motif in _ALERTES.items() if any(motif.search(dit) for dit in dits)), None)
    return genre, any(_RIRE.search(dit) for dit in dits)


def au_figure(texte: str) -> bool:
    """« je vais mourir de honte » : the alarming word is a manner of speaking, and no other leaves little doubt."""
    return bool(_MANIERE_DE_PARLER.search(cle(normaliser(texte)))) and alerte(texte) is None
