/** The thread as a list of lines, and where it is scrolled. */
import { nothing } from "lit";
import * as bulles from "./bulles";
import type { Discussion, Entree } from "./discussion";
import { MOTS } from "./mots";

/** ``selon``: a line is drawn again only when one of these changed. */
export interface Ligne { cle: string; selon: unknown[]; rendre: () => unknown }

/** What was said, then what waits: one list, so that a message keeps its place on the screen (and the focus) when its answer comes. */
export function lignes(d: Discussion, hote: bulles.Hote, lente: boolean, avis: () => unknown): Ligne[] {
  const ecrit = d.etat === "envoi" || d.etat === "ouverture" || d.etat === "patience";
  const attendues = d.attente.map((e): Entree => ({ cle: e.id, de: "toi", texte: e.titre, quand: e.quand }));
  const dites = [...d.entrees, ...attendues].map((e, i, toutes): Ligne => {
    const attend = i < d.entrees.length || (i === d.entrees.length && ecrit) ? "" : MOTS.enAttente;
    const selon = [e.cle, e.de === "etabli" ? e.messages.length : e.refus, attend, hote.nom, toutes[i - 1]?.cle];
    return { cle: e.cle, selon, rendre: () => bulles.entree(hote, e, toutes[i - 1], attend) };
  });
  const entre = d.entrees.length + Math.min(d.attente.length, 1);
  const frappe: Ligne = { cle: "frappe", selon: [ecrit, lente], rendre: () => (ecrit ? bulles.frappe(hote.nom, lente) : nothing) };
  return [...dites.slice(0, entre), frappe, { cle: "avis", selon: [{}], rendre: avis }, ...dites.slice(entre)];
}

export function loinDuBas(fil: HTMLElement | null, px: number): boolean {
  return Boolean(fil && fil.scrollHeight - fil.clientHeight - fil.scrollTop > px);
}

export function versLeBas(fil: HTMLElement | null, doux: boolean): void {
  const calme = matchMedia("(prefers-reduced-motion: reduce)").matches;
  fil?.scrollTo({ top: fil.scrollHeight, behavior: doux && !calme ? "smooth" : "auto" });
}

/** Show the end, but never push the start of this turn, or of the greeting, off the top: long answers are read from their beginning. */
export function versLeTour(fil: HTMLElement | null): void {
  if (!fil) return;
  const dit = [...fil.querySelectorAll<HTMLElement>(".toi")].pop();
  const jour = dit?.previousElementSibling;
  const debut = jour instanceof HTMLElement && jour.classList.contains("jour") ? jour : dit;
  fil.scrollTop = Math.min(fil.scrollHeight - fil.clientHeight, debut ? debut.offsetTop - fil.offsetTop - 12 : 0);
}
