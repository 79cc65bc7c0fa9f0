/** The server's four doors. Every failure comes out as an ``Echec`` that says what to do next. */

export type Genre = "reseau" | "serveur" | "expire" | "patience" | "refus";

export class Echec extends Error {
  constructor(readonly genre: Genre, message = "", readonly attenteMs = 0) { super(message); }
}

const DELAI_MS = 32_000; // the server itself answers within 25 s, if only to say that it is still looking

export class Serveur {
  constructor(readonly base: string, private readonly chercher: typeof fetch = (...a) => fetch(...a), private readonly delaiMs = DELAI_MS) {}

  adresse(nom: string): string { return new URL(nom, this.base).href; }

  /** Posts JSON as plain text, which needs no permission from the server first: one round trip less. */
  async poster(nom: "session" | "message" | "historique" | "effacer", corps: object): Promise<unknown> {
    const controle = new AbortController();
    const limite = setTimeout(() => controle.abort(), this.delaiMs);
    try {
      const reponse = await this.chercher(this.adresse(nom), {
        method: "POST", body: JSON.stringify(corps), signal: controle.signal, credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
      });
      const lu: unknown = await reponse.json().catch(() => null);
      if (!reponse.ok || lu === null) throw echec(reponse, lu);
      return lu;
    } catch (erreur) {
      if (erreur instanceof Echec) throw erreur;
      throw new Echec(controle.signal.aborted ? "serveur" : "reseau");
    } finally {
      clearTimeout(limite);
    }
  }

  async carte(): Promise<string> {
    const reponse = await this.chercher(this.adresse("carte.svg"), { credentials: "omit" });
    if (!reponse.ok) throw new Echec("serveur");
    return reponse.text();
  }
}

function echec(reponse: Response, lu: unknown): Echec {
  const dit = (lu as { erreur?: unknown } | null)?.erreur;
  const texte = typeof dit === "string" ? dit : "";
  const attente = Number(reponse.headers.get("Retry-After") ?? 0) * 1000;
  if (reponse.status === 401) return new Echec("expire", texte);
  if (reponse.status === 429 || reponse.status === 504) return new Echec("patience", texte, Math.min(Math.max(attente, 1000), 30_000));
  // A refusal counts only when it is ours: a proxy's page in HTML is a failure like any other.
  if (reponse.status >= 400 && reponse.status < 500 && texte) return new Echec("refus", texte);
  return new Echec("serveur", texte);
}
