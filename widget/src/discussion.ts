/** The conversation itself, without any screen: what was said, what waits, and what is wrong right now. */

import { lireEffacement, lireFil, lireMessages, lireOuverture, type MessageBot } from "./contrat";
import type { Envoi, Memoire } from "./memoire";
import { Echec, type Serveur } from "./serveur";

export type Entree =
  | { cle: string; de: "toi"; texte: string; quand: number; refus?: string }
  | { cle: string; de: "etabli"; messages: MessageBot[]; quand: number };
export type Etat = "calme" | "ouverture" | "envoi" | "hors-ligne" | "panne" | "patience";
export type Nouvelle = { genre: "dit" } | { genre: "reponse"; messages: MessageBot[] } | { genre: "efface" } | { genre: "etat" } | { genre: "relu" };

const ESSAIS_AVANT_PANNE = 3;
const ATTENTES_AVANT_PANNE = 12;
const ATTENTE_MAXIMALE = 5; // messages written ahead of the answers

export class Discussion {
  entrees: Entree[] = [];
  accueil: MessageBot | null = null;
  viePrivee = "";
  etat: Etat = "calme";
  avis = ""; // a sentence of the server about the state, when it gave one
  private numero = 0;
  private generation = 0;
  private occupee = false;
  private reveil: (() => void) | null = null;

  constructor(private readonly serveur: Serveur, private readonly memoire: Memoire, private readonly dire: (n: Nouvelle) => void, private readonly essai = false) {}

  get attente(): Envoi[] { return this.memoire.lire().attente; }
  get pleine(): boolean { return this.attente.length >= ATTENTE_MAXIMALE; }

  /** Greets, or reads the thread of this tab again, then sends what was still waiting. */
  async ouvrir(): Promise<void> {
    if (this.accueil || this.occupee) return this.reveiller();
    await this.travailler(async () => {
      await this.avecPatience("ouverture", () => this.saluerOuRelire());
      await this.vider();
    });
  }

  /** Queue a message. False when too many wait already. */
  envoyer(titre: string, charge: string | null = null): boolean {
    if (this.pleine) return false;
    this.memoire.ecrire({ attente: [...this.attente, { id: identifiant(), titre, charge, quand: Date.now() }] });
    this.dire({ genre: "dit" });
    if (this.occupee) this.reveiller();
    else void this.travailler(() => this.vider());
    return true;
  }

  /** Now rather than at the end of the pause; also after giving up. */
  reveiller(): void {
    if (this.reveil) this.reveil();
    else if (!this.occupee && this.accueil && this.attente.length) void this.travailler(() => this.vider());
    else if (!this.occupee && !this.accueil) void this.ouvrir();
  }

  /** Another tab may share this conversation: look again when this one comes back to the front. */
  async actualiser(): Promise<void> {
    const { jeton } = this.memoire.lire();
    if (!jeton || this.occupee || this.attente.length) return;
    const lu = await this.serveur.poster("historique", { jeton }).catch(() => null);
    if (!lu || this.occupee || lireFil(lu).filter((m) => m.de === "toi").length <= this.entrees.filter((e) => e.de === "toi").length) return;
    this.relire(lu);
    this.dire({ genre: "relu" });
  }

  /** Erases on the server, then here; returns what the server says it erased. Raises when it did not. */
  async effacer(): Promise<string> {
    let dit = "";
    const { jeton } = this.memoire.lire();
    if (jeton && (this.entrees.length || this.attente.length)) {
      const fait = await this.serveur.poster("effacer", { jeton }).catch((e) => { if (!(e instanceof Echec && e.genre === "expire")) throw e; });
      dit = lireEffacement(fait);
    }
    this.generation++;
    this.memoire.oublier();
    this.entrees = [];
    this.occupee = false;
    this.passer("calme");
    this.reveil?.();
    this.dire({ genre: "efface" });
    return dit;
  }

  private async travailler(travail: () => Promise<void>): Promise<void> {
    this.occupee = true;
    const generation = this.generation;
    try { await travail(); } catch (erreur) {
      if (generation === this.generation) this.passer("panne", erreur instanceof Echec ? erreur.message : "");
    } finally { if (generation === this.generation) this.occupee = false; }
  }

  private async saluerOuRelire(): Promise<void> {
    const { jeton } = this.memoire.lire();
    if (jeton) {
      try { return this.relire(await this.serveur.poster("historique", { jeton })); } catch (erreur) {
        if (!(erreur instanceof Echec && erreur.genre === "expire")) throw erreur;
        this.memoire.oublier();
      }
    }
    await this.nouvelleSession();
  }

  private jetonVif = ""; // not in storage before the first message

  private async nouvelleSession(): Promise<void> {
    const { jeton, accueil, viePrivee } = lireOuverture(await this.serveur.poster("session", this.essai ? { essai: true } : {}));
    Object.assign(this, { accueil, viePrivee, jetonVif: jeton });
    this.dire({ genre: "etat" });
  }

  private relire(lu: unknown): void {
    const { jeton, accueil, viePrivee } = lireOuverture(lu);
    Object.assign(this, { accueil, viePrivee, jetonVif: jeton, entrees: [] });
    for (const m of lireFil(lu)) {
      const derniere = this.entrees[this.entrees.length - 1];
      if (m.de === "toi") this.entrees.push({ cle: `n${++this.numero}`, de: "toi", texte: m.texte, quand: m.quand });
      else if (derniere?.de === "etabli") derniere.messages.push(m.message);
      else this.entrees.push({ cle: `n${++this.numero}`, de: "etabli", messages: [m.message], quand: m.quand });
    }
    this.memoire.ecrire({ jeton });
    this.dire({ genre: "relu" });
  }

  private async vider(): Promise<void> {
    const generation = this.generation;
    while (generation === this.generation && this.attente[0]) {
      const envoi = this.attente[0];
      await this.avecPatience("envoi", () => this.remettre(envoi, generation));
    }
  }

  private async remettre(envoi: Envoi, generation: number): Promise<void> {
    const jeton = this.memoire.lire().jeton || this.jetonVif;
    this.memoire.ecrire({ jeton });
    try {
      const corps = { jeton, id: envoi.id, texte: envoi.titre, ...(envoi.charge ? { charge: envoi.charge } : {}) };
      const messages = lireMessages(await this.serveur.poster("message", corps));
      if (generation !== this.generation) return;
      this.retirer(envoi);
      this.entrees = [...this.entrees, { cle: `n${++this.numero}`, de: "etabli", messages, quand: Date.now() }];
      this.dire({ genre: "reponse", messages });
    } catch (erreur) {
      if (generation !== this.generation) return;
      if (!(erreur instanceof Echec)) throw new Echec("serveur");
      if (erreur.genre === "expire") {
        this.memoire.ecrire({ jeton: "" });
        await this.nouvelleSession();
        throw new Echec("patience", erreur.message, 1);
      }
      if (erreur.genre !== "refus") throw erreur;
      this.retirer(envoi, erreur.message);
      this.dire({ genre: "etat" });
    }
  }

  private retirer(envoi: Envoi, refus?: string): void {
    this.memoire.ecrire({ attente: this.attente.filter((e) => e.id !== envoi.id) });
    this.entrees = [...this.entrees, { cle: envoi.id, de: "toi", texte: envoi.titre, quand: envoi.quand, ...(refus ? { refus } : {}) }];
  }

  /** Tries until it works: for ever without network, a few times when the server fails, as long as it asks when it is busy. */
  private async avecPatience(etat: Etat, essayer: () => Promise<void>): Promise<void> {
    const generation = this.generation;
    for (let coupures = 0, pannes = 0, attentes = 0; ; ) {
      this.passer(etat);
      try { await essayer(); if (generation === this.generation) this.passer("calme"); return; } catch (erreur) {
        if (generation !== this.generation) return;
        const echec = erreur instanceof Echec ? erreur : new Echec("serveur");
        if (echec.genre === "reseau") await this.pause("hors-ligne", Math.min(15_000, 1000 * 2 ** coupures++));
        else if (echec.genre === "patience" && ++attentes < ATTENTES_AVANT_PANNE) await this.pause("patience", echec.attenteMs, echec.message);
        else if (echec.genre === "serveur" && ++pannes < ESSAIS_AVANT_PANNE) await this.pause(etat, 800 * pannes);
        else throw echec;
      }
    }
  }

  private pause(etat: Etat, ms: number, avis = ""): Promise<void> {
    this.passer(etat, avis);
    return new Promise((finir) => {
      const reprise = () => { clearTimeout(minuteur); this.reveil = null; finir(); };
      const minuteur = setTimeout(reprise, ms);
      this.reveil = reprise;
    });
  }

  private passer(etat: Etat, avis = ""): void {
    // A new try after a cut stays "without network" on the screen until it works: no blinking.
    if (etat === "envoi" && this.etat === "hors-ligne") return;
    this.etat = etat;
    this.avis = avis;
    this.dire({ genre: "etat" });
  }
}

/** Random, 128 bits; not ``randomUUID``, which browsers refuse on plain http. */
function identifiant(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (o) => o.toString(16).padStart(2, "0")).join("");
}
