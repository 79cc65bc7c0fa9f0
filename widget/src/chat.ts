/** ``<etabli-chat>``: the whole conversation, in the page or inside the launcher. */
import { LitElement, html, nothing, type PropertyValues } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import * as bulles from "./bulles";
import type { MessageBot } from "./contrat";
import { peindre } from "./couleurs";
import { Discussion, type Nouvelle } from "./discussion";
import { lignes, versLeBas, versLeTour, loinDuBas } from "./fil";
import { ICONES, LOGO } from "./icones";
import { lien } from "./liens";
import { Memoire } from "./memoire";
import type { Geste } from "./menu";
import { MOTS } from "./mots";
import { resume, telecharger } from "./resume";
import { EtabliSaisie } from "./saisie";
import { Serveur } from "./serveur";
import { STYLE } from "./style";
import { lireAHauteVoix, seTaire } from "./voix";

const PATIENCE_MS = 8_000;
const [PRES, LOIN] = [60, 300]; // px from the end of the thread

export class EtabliChat extends LitElement {
  static override styles = STYLE;
  static override properties = {
    serveur: {}, nom: {}, accueil: {}, question: {}, couleur: {}, theme: { reflect: true }, essai: { type: Boolean }, fermable: { type: Boolean },
    lente: { state: true }, lit: { state: true }, grand: { state: true }, alerte: { state: true }, effacement: { state: true }, loin: { state: true }, sombre: { state: true },
  };
  declare serveur: string; declare nom: string; declare accueil: string; declare question: string; declare couleur: string; declare theme: string;
  declare essai: boolean; declare fermable: boolean;
  declare lente: boolean; declare lit: boolean; declare grand: boolean; declare alerte: string; declare effacement: string; declare loin: boolean; declare sombre: boolean;
  /** Where the script came from, for an element that does not say its server. */
  static serveurParDefaut = "";
  discussion!: Discussion;
  private portes!: Serveur;
  private memoire!: Memoire;
  private minuteur = 0;
  private presse = false;
  private readonly nuit = matchMedia("(prefers-color-scheme: dark)");

  constructor() {
    super();
    Object.assign(this, { serveur: "", nom: "Établi", accueil: "", question: "", couleur: "", theme: "auto", essai: false, fermable: false });
    Object.assign(this, { lente: false, lit: false, grand: false, alerte: "", effacement: "", loin: false, sombre: this.nuit.matches });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // An element moved in the page keeps its conversation.
    if (!this.discussion) this.preparer();
    addEventListener("online", this.reseau);
    document.addEventListener("visibilitychange", this.retour);
    this.nuit.addEventListener("change", this.changerDeTheme);
    if (!this.fermable) this.attendreDEtreVu();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("online", this.reseau);
    document.removeEventListener("visibilitychange", this.retour);
    this.nuit.removeEventListener("change", this.changerDeTheme);
    seTaire();
  }

  private preparer(): void {
    const base = new URL(this.serveur || EtabliChat.serveurParDefaut || "/chat/", document.baseURI);
    this.portes = new Serveur(base.href.endsWith("/") ? base.href : `${base.href}/`);
    this.memoire = new Memoire(`etabli:${this.portes.base}${this.essai ? ":essai" : ""}${this.id ? `#${this.id}` : ""}`);
    this.grand = this.memoire.lire().grand;
    this.discussion = new Discussion(this.portes, this.memoire, (n) => this.recevoir(n), this.essai);
  }

  /** In the page: nothing is asked of the server until the chat comes into sight. */
  private attendreDEtreVu(): void {
    const vue = new IntersectionObserver((vus) => { if (vus.some((v) => v.isIntersecting)) { vue.disconnect(); this.ouvrir(); } });
    vue.observe(this);
  }

  ouvrir(): void { void this.discussion.ouvrir(); }
  get souvenirs(): Memoire { return this.memoire; }
  get saisie(): EtabliSaisie | null { return this.renderRoot.querySelector("etabli-saisie"); }
  private get fil(): HTMLElement | null { return this.renderRoot.querySelector(".fil"); }

  override render(): unknown {
    const { attente } = this.discussion;
    return html`<section lang="fr" class="cadre ${this.sombre ? "sombre" : ""} ${this.grand ? "grand" : ""}" aria-label="${MOTS.discussion} ${this.nom}">
      ${this.entete()}
      <div class="fil" role="log" aria-live="off" aria-label="${MOTS.discussion} ${this.nom}" tabindex="0" @scroll=${this.defiler}>
        ${this.ouverture()}
        ${repeat(lignes(this.discussion, this.hote, this.lente, () => this.avis()), (l) => l.cle, (l) => guard(l.selon, l.rendre))}
        ${attente.length ? nothing : this.choix()}
      </div>
      ${this.loin ? html`<button type="button" class="rond descendre" @click=${() => versLeBas(this.fil, true)}><span class="cache">${MOTS.descendre}</span>${ICONES.bas}</button>` : nothing}
      <div class="cache annonces" role="status" aria-live="polite"></div>
      <etabli-saisie .etape=${this.etape} .pleine=${this.discussion.pleine} @saisie-ecrire=${this.ecrire} @saisie-annoncer=${(e: CustomEvent<string>) => this.annoncer(e.detail)}
        @saisie-fermer=${this.fermer}></etabli-saisie>
    </section>`;
  }

  private entete(): unknown {
    return html`<header>${LOGO}<div class="identite"><h2>${this.nom}</h2><p>${MOTS.programme}</p></div>
      <etabli-menu .grand=${this.grand} .lit=${this.lit} .resumable=${this.discussion.entrees.length > 0} @menu-geste=${this.geste}></etabli-menu>
      ${this.fermable ? html`<button type="button" class="rond" @click=${this.fermer}><span class="cache">${MOTS.fermer}</span>${ICONES.fermer}</button>` : nothing}</header>`;
  }

  private ouverture(): unknown {
    const { accueil, viePrivee } = this.discussion;
    if (!accueil) return nothing;
    return html`<p class="vie-privee">${viePrivee.replace(/\n/g, " ")} ${lien(this.portes.adresse("vie-privee"), MOTS.viePrivee, MOTS.onglet)}</p>
      ${this.effacement ? html`<div class="groupe etabli">${bulles.bulle(this.nom, this.effacement)}</div>` : nothing}
      <div class="groupe etabli">${bulles.bulle(this.nom, this.accueil || accueil.texte)}</div>`;
  }

  private choix(): unknown {
    const { entrees, accueil } = this.discussion;
    const derniere = entrees[entrees.length - 1];
    if (derniere) return derniere.de === "etabli" ? bulles.choix(derniere.messages, this.hote.demander) : nothing;
    if (!accueil) return nothing;
    const premiere = this.question ? [{ ...accueil, boutons: [{ titre: this.question, charge: "" }] }] : [];
    return bulles.choix([...premiere, accueil], this.hote.demander);
  }

  private avis(): unknown {
    const { etat, avis, accueil } = this.discussion;
    const texte = this.alerte || { "hors-ligne": accueil ? MOTS.horsLigne : MOTS.pasOuvert, panne: avis || MOTS.panne, patience: avis || MOTS.patienter }[etat as string] || "";
    if (!texte) return nothing;
    const reessayable = etat === "panne" || etat === "hors-ligne";
    return html`<div class="groupe etabli"><div class="bulle erreur" role="alert"><span>${texte}</span>
      ${reessayable ? html`<button type="button" @click=${() => this.discussion.reveiller()}>${MOTS.reessayer}</button>` : nothing}</div></div>`;
  }

  private get etape(): MessageBot["etape"] {
    const derniere = this.discussion.entrees[this.discussion.entrees.length - 1];
    return derniere?.de === "etabli" ? derniere.messages.reduce<MessageBot["etape"]>((e, m) => m.etape ?? e, null) : null;
  }

  private get hote(): bulles.Hote {
    return { nom: this.nom, serveur: this.portes, demander: (titre, charge) => this.demander(titre, charge) };
  }

  /** The pressed button is gone: focus goes to what it said, so Tab comes next to the answer and no keyboard opens on a phone. */
  private async demander(titre: string, charge: string | null): Promise<void> {
    if (this.presse || !this.discussion.envoyer(titre, charge)) return;
    this.presse = true; // a second touch before the button has left the screen is the same touch
    await this.updateComplete;
    this.presse = false;
    [...this.renderRoot.querySelectorAll<HTMLElement>(".toi .bulle")].pop()?.focus({ preventScroll: true });
  }

  private ecrire(e: CustomEvent<string>): void { if (this.discussion.envoyer(e.detail)) this.saisie?.vider(); }

  private recevoir(n: Nouvelle): void {
    const enBas = !loinDuBas(this.fil, PRES);
    if (n.genre !== "etat") this.alerte = "";
    this.surveillerLaPatience();
    this.requestUpdate();
    if (n.genre === "dit" || n.genre === "reponse") this.dispatchEvent(new CustomEvent("etabli:message", { detail: { de: n.genre === "dit" ? "toi" : "etabli" }, bubbles: true, composed: true }));
    if (n.genre === "reponse") {
      this.annoncer(bulles.annonce(this.nom, n.messages));
      if (this.lit) lireAHauteVoix(n.messages);
    }
    void this.updateComplete.then(() => {
      if (n.genre === "dit" || n.genre === "relu") versLeBas(this.fil, false);
      else if (enBas) versLeTour(this.fil);
    });
  }

  private surveillerLaPatience(): void {
    if (this.discussion.etat !== "envoi") { clearTimeout(this.minuteur); this.minuteur = 0; this.lente = false; return; }
    if (!this.minuteur) this.minuteur = window.setTimeout(() => { this.lente = true; this.annoncer(MOTS.patience); void this.updateComplete.then(() => versLeTour(this.fil)); }, PATIENCE_MS);
  }

  private async geste(e: CustomEvent<Geste>): Promise<void> {
    const derniere = [...this.discussion.entrees].reverse().find((x) => x.de === "etabli");
    if (e.detail === "grand") this.memoire.ecrire({ grand: (this.grand = !this.grand) });
    if (e.detail === "recommencer") this.discussion.envoyer(MOTS.recommencerDit);
    if (e.detail === "resume") telecharger(resume(this.nom, this.discussion.entrees), "resume-etabli.html");
    if (e.detail === "lire") {
      this.lit = !this.lit;
      if (this.lit && derniere?.de === "etabli") lireAHauteVoix(derniere.messages);
      else seTaire();
    }
    if (e.detail !== "effacer") return;
    try {
      this.effacement = (await this.discussion.effacer()) || MOTS.effacee;
      this.saisie?.vider();
      this.discussion.accueil = null;
      await this.discussion.ouvrir();
      this.annoncer(this.effacement);
    } catch { this.alerte = MOTS.pasEffacee; }
  }

  private fermer(): void { if (this.fermable) this.dispatchEvent(new CustomEvent("chat-fermer")); }

  /** Emptied first, so that the same words twice are read twice. */
  private annoncer(texte: string): void {
    const zone = this.renderRoot.querySelector(".annonces");
    if (!zone) return;
    zone.textContent = "";
    setTimeout(() => { zone.textContent = texte; }, 60);
  }

  private defiler(): void { this.loin = loinDuBas(this.fil, LOIN); }

  private reseau = (): void => this.discussion.reveiller();
  private retour = (): void => { if (document.visibilityState === "visible") void this.discussion.actualiser(); };
  private changerDeTheme = (): void => { this.sombre = this.theme === "sombre" || (this.theme !== "clair" && this.nuit.matches); };

  protected override willUpdate(changes: PropertyValues): void {
    if (changes.has("theme")) this.changerDeTheme();
    if (changes.has("couleur")) peindre(this, this.couleur);
  }
}
