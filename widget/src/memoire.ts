/** What one tab remembers, until it is closed. Nothing is written before the person writes; where storage is blocked, nothing at all. */

export interface Envoi { id: string; titre: string; charge: string | null; quand: number }
export interface Souvenirs { jeton: string; attente: Envoi[]; ouvert: boolean; grand: boolean }

export const VIERGE: Souvenirs = { jeton: "", attente: [], ouvert: false, grand: false };

export class Memoire {
  private vive: Souvenirs = VIERGE;

  constructor(private readonly cle: string) {
    try {
      const lu = JSON.parse(sessionStorage.getItem(cle) ?? "{}") as Partial<Souvenirs>;
      const attente = Array.isArray(lu.attente) ? lu.attente.filter((e) => typeof e?.id === "string" && typeof e?.titre === "string") : [];
      this.vive = { jeton: String(lu.jeton ?? ""), attente, ouvert: lu.ouvert === true, grand: lu.grand === true };
    } catch { /* blocked or spoilt: start afresh */ }
  }

  lire(): Souvenirs { return this.vive; }

  ecrire(nouveaux: Partial<Souvenirs>): void {
    this.vive = { ...this.vive, ...nouveaux };
    try { sessionStorage.setItem(this.cle, JSON.stringify(this.vive)); } catch { /* memory is enough until the page is left */ }
  }

  oublier(): void {
    this.vive = { ...VIERGE, ouvert: this.vive.ouvert, grand: this.vive.grand };
    try { sessionStorage.removeItem(this.cle); } catch { /* nothing was kept */ }
  }
}
