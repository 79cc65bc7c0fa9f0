/** Text with its links, as text nodes and clean https anchors only. */
import { html, type TemplateResult } from "lit";
import { MOTS } from "./mots";
import { insecable } from "./typographie";

/** A clean https address, else null: http, javascript: or user@host stay plain text. */
export function adresseSure(adresse: string): string | null {
  try {
    const url = new URL(adresse);
    return url.protocol === "https:" && !url.username && !url.password ? url.href : null;
  } catch { return null; }
}

/** The text cut into plain strings and addresses; the full stop or bracket that ends a sentence is not part of the address. */
export function morceaux(texte: string): (string | { adresse: string; court: string })[] {
  return texte.split(/(https:\/\/[^\s<>"«»]+)/).flatMap((morceau, rang) => {
    if (rang % 2 === 0) return morceau ? [morceau] : [];
    const nu = morceau.replace(/[.,;:!?)\]}'’…]+$/, "");
    const adresse = adresseSure(nu);
    const reste = morceau.slice(nu.length);
    return [adresse ? { adresse, court: nu.replace(/^https:\/\/(www\.)?/, "").replace(/\/$/, "") } : nu, ...(reste ? [reste] : [])];
  });
}

export function lien(adresse: string, titre: string, suite: string = MOTS.onglet, classe = ""): TemplateResult {
  return html`<a class=${classe} href=${adresse} target="_blank" rel="noopener noreferrer">${titre}<span class="cache">${suite}</span></a>`;
}

export const estUrgent = (texte: string): boolean => /\ble 112\b/.test(texte);

/** In an answer that names the 112, a help line is one touch away; anywhere else « le 15 » may be a day. */
const SECOURS = /((?:[Ll]e|au|,) )(3114|3018|116000|11[2459]|1[578]|0 800 235 236)\b/;
const PAR_SMS = "114";

export function appels(texte: string, urgent: boolean): (string | { numero: string; adresse: string })[] {
  if (!urgent) return [texte];
  return texte.split(SECOURS).map((m, rang) => (rang % 3 === 2 ? { numero: m, adresse: `${m === PAR_SMS ? "sms" : "tel"}:${m.replace(/ /g, "")}` } : m));
}

function appel(numero: string, adresse: string): TemplateResult {
  return html`<a href=${adresse}>${insecable(numero)}<span class="cache"> ${numero === PAR_SMS ? MOTS.sms : MOTS.appeler}</span></a>`;
}

export function avecLiens(texte: string, urgent = false): unknown[] {
  return morceaux(texte).flatMap((m) =>
    typeof m === "string" ? appels(m, urgent).map((a) => (typeof a === "string" ? insecable(a) : appel(a.numero, a.adresse))) : [lien(m.adresse, m.court)]);
}
