/** One turn on the screen: bubbles, cards, map, sources, time. */
import { html, nothing, type TemplateResult } from "lit";
import type { Bouton, MessageBot, Source } from "./contrat";
import type { Entree } from "./discussion";
import { cartes, charge, estFiche, reste } from "./ecoles";
import { avecLiens, estUrgent } from "./liens";
import { MOTS } from "./mots";
import type { Serveur } from "./serveur";
import { autreJour, enClair, heure, iso, jour } from "./temps";
import { insecable } from "./typographie";

export interface Hote {
  nom: string;
  serveur: Serveur;
  demander(titre: string, charge: string | null): void;
}

const moment = (quand: number): TemplateResult => html`<time datetime=${iso(quand)}>${heure(quand)}</time>`;

/** One block a line, for air between ideas; the breaks stay, so that copied text keeps them. */
function phrases(texte: string): unknown[] {
  const urgent = estUrgent(texte);
  return texte.split("\n").flatMap((ligne) => [ligne ? html`<span class="phrase">${avecLiens(ligne, urgent)}</span>` : "", "\n"]);
}

export function bulle(nom: string, texte: string): unknown {
  return texte ? html`<div class="bulle"><span class="cache">${nom} : </span>${phrases(texte)}</div>` : nothing;
}

function tourDuBot(hote: Hote, messages: MessageBot[], quand: number): TemplateResult {
  return html`<div class="groupe etabli">
    ${messages.map((m) => (m.ecoles.length ? ecoles(hote, m) : bulle(hote.nom, m.texte)))}
    ${pied(messages.flatMap(sourcesDe), quand)}
  </div>`;
}

function ecoles(hote: Hote, m: MessageBot): TemplateResult {
  const { avant, apres } = reste(m);
  return html`${bulle(hote.nom, avant)}${cartes(m, (t, c) => hote.demander(t, c))}
    <etabli-carte .ecoles=${m.ecoles} .lieu=${m.lieu} .serveur=${hote.serveur}></etabli-carte>${apres ? html`<p class="pied">${phrases(apres)}</p>` : nothing}`;
}

/** A school told in full brings its own sources. */
export function sourcesDe(m: MessageBot): Source[] {
  return m.sources.length || !estFiche(m) ? m.sources : m.ecoles.flatMap((e) => e.source.split(/\s*;\s*/).filter(Boolean).map((source) => ({ source, date: "" })));
}

export const sourceDite = (s: Source): string => insecable(enClair([s.source, s.date].filter(Boolean).join(", ")));

function pied(sources: Source[], quand: number): TemplateResult {
  const dites = [...new Set(sources.map(sourceDite))];
  if (!dites.length) return html`<div class="pied">${moment(quand)}</div>`;
  return html`<details class="pied origine"><summary aria-label=${MOTS.origine}>${moment(quand)}<span class="i" aria-hidden="true">i</span></summary>
    <div class="sources"><p>${MOTS.sources}</p><ul>${dites.map((d) => html`<li>${avecLiens(d)}</li>`)}</ul></div></details>`;
}

function dit(texte: string, quand: number, etat = "", refus = ""): TemplateResult {
  return html`<div class="groupe toi ${etat ? "attend" : ""} ${refus ? "refuse" : ""}">
    <div class="bulle" tabindex="-1"><span class="cache">${MOTS.toi}</span>${insecable(texte)}</div>
    <div class="pied">${etat ? html`<span class="etat">${etat} · </span>` : nothing}${moment(quand)}</div>
    ${refus ? html`<div class="refus" role="alert">${MOTS.pasEnvoye}. ${refus}</div>` : nothing}
  </div>`;
}

export function entree(hote: Hote, e: Entree, precedente: Entree | undefined, etat = ""): TemplateResult {
  return html`${autreJour(precedente?.quand, e.quand) ? html`<p class="jour"><span>${jour(e.quand)}</span></p>` : nothing}
    ${e.de === "toi" ? dit(e.texte, e.quand, etat, e.refus) : tourDuBot(hote, e.messages, e.quand)}`;
}

/** Each once, without those that a card already holds; inside a form all stay, since the question may ask to choose among them. */
export function proposes(messages: MessageBot[]): Bouton[] {
  const montrees = messages.some((m) => m.etape) ? [] : messages.flatMap((m) => m.ecoles);
  const deja = new Set([...montrees.map((e) => charge("presenter_ecole", e)), ...(montrees.length === 1 ? ["/demander_sejour"] : [])]);
  return [...new Map(messages.flatMap((m) => m.boutons).filter((b) => !deja.has(b.charge)).map((b) => [b.titre, b])).values()];
}

/** Quick replies belong to the last turn only. */
export function choix(messages: MessageBot[], demander: Hote["demander"]): unknown {
  const boutons = proposes(messages);
  if (!boutons.length) return nothing;
  return html`<div class="choix" role="group" aria-label=${MOTS.choix}>
    ${boutons.map((b) => html`<button type="button" @click=${() => demander(b.titre, b.charge || null)}>${insecable(b.titre)}</button>`)}</div>`;
}

export function frappe(nom: string, lente: boolean): TemplateResult {
  return html`<div class="groupe etabli"><div class="bulle frappe"><span class="cache">${nom} ${MOTS.ecrit}</span><i></i><i></i><i></i></div>
    ${lente ? html`<p class="pied">${MOTS.patience}</p>` : nothing}</div>`;
}

/** What is read aloud by a screen reader when an answer comes: the new words, then what can be answered. */
export function annonce(nom: string, messages: MessageBot[]): string {
  const boutons = proposes(messages).map((b) => b.titre);
  const textes = messages.map((m) => m.texte).filter(Boolean);
  return [`${nom} : ${textes.join("\n")}`, boutons.length ? `${MOTS.choix} : ${boutons.join(", ")}.` : ""].filter(Boolean).join("\n");
}
