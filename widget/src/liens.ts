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

export function avecLiens(texte: string): unknown[] {
  return morceaux(texte).map((m) => (typeof m === "string" ? insecable(m) : lien(m.adresse, m.court)));
}
