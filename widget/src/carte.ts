/** The small map: outlines of the départements, asked for when the map comes into sight, and a dot for each school and for the town. */
import { LitElement, html, nothing, svg, type PropertyValues } from "lit";
import type { Ecole, Lieu } from "./contrat";
import { distance, lieuDe } from "./ecoles";
import { MOTS } from "./mots";
import type { Serveur } from "./serveur";

export interface Point { x: number; y: number }
interface Cadre { x: number; y: number; largeur: number; hauteur: number }

const [LARGEUR, HAUTEUR] = [1050, 1000];
const MARGE = 40;
const COTE_MINIMAL = 110; // about 120 km: two schools of one town stay apart, the neighbouring départements show

/** Same projection as data/ecoles/carte-departements.svg. Null outside of it (overseas). */
export function placer(latitude: number | null, longitude: number | null): Point | null {
  if (latitude === null || longitude === null) return null;
  const [x, y] = [(longitude + 5.2) * 70, (51.2 - latitude) * 100];
  return x >= 0 && x <= LARGEUR && y >= 0 && y <= HAUTEUR ? { x, y } : null;
}

/** The part of France to show: all points with some air around, never so close that nothing is recognised. */
export function cadrer(points: Point[], rapport = 1.7): Cadre {
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  const [gauche, droite, haut, bas] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const hauteur = Math.max(bas - haut + 2 * MARGE, (droite - gauche + 2 * MARGE) / rapport, COTE_MINIMAL);
  const largeur = hauteur * rapport;
  return { x: (gauche + droite - largeur) / 2, y: (haut + bas - hauteur) / 2, largeur, hauteur };
}

const traces = new WeakMap<Serveur, Promise<string[]>>();

/** Path data only, checked: whatever else the file may hold never reaches the page. */
export function lireTraces(fichier: string): string[] {
  return [...fichier.matchAll(/<path[^>]*\sd="([MmLlHhVvZz\d\s.,-]+)"/g)].map((m) => m[1] ?? "").filter(Boolean);
}

export class EtabliCarte extends LitElement {
  static override properties = { ecoles: { attribute: false }, lieu: { attribute: false }, serveur: { attribute: false }, fond: { state: true }, absente: { state: true } };
  declare ecoles: Ecole[];
  declare lieu: Lieu | null;
  declare serveur: Serveur;
  declare fond: string[] | null;
  declare absente: boolean;
  private vue?: IntersectionObserver;

  /** In the parent's shadow root: one stylesheet for the whole window. */
  protected override createRenderRoot(): HTMLElement { return this; }

  override firstUpdated(): void {
    this.vue = new IntersectionObserver((vus) => { if (vus.some((v) => v.isIntersecting)) void this.charger(); }, { rootMargin: "200px" });
    this.vue.observe(this);
  }

  override disconnectedCallback(): void { super.disconnectedCallback(); this.vue?.disconnect(); }

  protected override shouldUpdate(_: PropertyValues): boolean { return Boolean(this.serveur); }

  private async charger(): Promise<void> {
    this.vue?.disconnect();
    if (!traces.has(this.serveur)) traces.set(this.serveur, this.serveur.carte().then(lireTraces));
    try { this.fond = (await traces.get(this.serveur)) ?? []; } catch { traces.delete(this.serveur); this.absente = true; }
  }

  override render(): unknown {
    const places = this.ecoles.map((e) => ({ e, point: placer(e.latitude, e.longitude) }));
    const ici = this.lieu ? placer(this.lieu.latitude, this.lieu.longitude) : null;
    const points = [...places.flatMap(({ point }) => (point ? [point] : [])), ...(ici ? [ici] : [])];
    if (!points.length || this.absente || places.every(({ point }) => !point)) return nothing;
    const c = cadrer(points);
    const r = c.hauteur / 22;
    const texte = `${MOTS.carteDe} ${this.lieu ? `${this.lieu.nom} ; ` : ""}${this.ecoles.map((e, i) => `${i + 1}. ${e.nom}, ${lieuDe(e)}${distance(e) ? `, ${distance(e)}` : ""}`).join(" ; ")}.`;
    return html`<svg class="carte" role="img" aria-label=${texte} viewBox="${c.x} ${c.y} ${c.largeur} ${c.hauteur}" preserveAspectRatio="xMidYMid slice">
      ${(this.fond ?? []).map((d) => svg`<path class="departement" d=${d} />`)}
      ${ici && this.lieu ? svg`<circle class="ici-halo" cx=${ici.x} cy=${ici.y} r=${r * 1.1} /><circle class="ici" cx=${ici.x} cy=${ici.y} r=${r / 2} />
        <text class="ici-nom" x=${ici.x} y=${ici.y + r * 2.1} font-size=${r * 1.15} text-anchor="middle">${this.lieu.nom}</text>` : nothing}
      ${[...places.entries()].reverse().map(([i, { point }]) => point ? svg`<circle class="ecole-point" cx=${point.x} cy=${point.y} r=${r} />
        <text class="ecole-rang" x=${point.x} y=${point.y + r * 0.42} font-size=${r * 1.25} text-anchor="middle">${i + 1}</text>` : nothing)}
    </svg>`;
  }
}
