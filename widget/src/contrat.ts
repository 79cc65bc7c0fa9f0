/** What the server sends, read with distrust: a missing or strange field is left out, never an error. */

export interface Bouton { titre: string; charge: string }
export interface Source { source: string; date: string }
export interface Lieu { nom: string; latitude: number; longitude: number }
export interface Etape { numero: number; total: number; saisie: "numeric" | "text" | "contact" | "choix" }
export interface Ecole {
  id: string; nom: string; commune: string; departement: string; distance: number | null; exacte: boolean; diplomes: string[];
  prix: string; hebergement: string; doute: string; adresse: string; site: string; source: string; date: string; latitude: number | null; longitude: number | null;
}
export interface MessageBot { texte: string; boutons: Bouton[]; sources: Source[]; ecoles: Ecole[]; lieu: Lieu | null; etape: Etape | null }
export type MessageRelu = { de: "toi"; texte: string; quand: number } | { de: "etabli"; message: MessageBot; quand: number };

const SAISIES = ["numeric", "text", "contact", "choix"] as const;
type Objet = Record<string, unknown>;

const objet = (v: unknown): Objet => (typeof v === "object" && v !== null && !Array.isArray(v) ? (v as Objet) : {});
const liste = (v: unknown): unknown[] => (Array.isArray(v) ? v : []);
const texte = (v: unknown): string => (typeof v === "string" ? v : "");
const nombre = (v: unknown): number | null => (typeof v === "number" && Number.isFinite(v) ? v : null);

export function lireMessage(brut: unknown): MessageBot {
  const m = objet(brut);
  const donnees = objet(m.donnees);
  const ecoles = donnees.genre === "ecoles" ? liste(donnees.ecoles).map(lireEcole).filter((e) => e.nom) : [];
  return {
    texte: texte(m.texte),
    boutons: liste(m.boutons).map(objet).map((b) => ({ titre: texte(b.titre), charge: texte(b.charge) })).filter((b) => b.titre && b.charge),
    sources: liste(m.sources).map(objet).map((s) => ({ source: texte(s.source), date: texte(s.date) })).filter((s) => s.source),
    ecoles,
    lieu: ecoles.length ? lireLieu(donnees.lieu) : null,
    etape: donnees.genre === "etape" ? lireEtape(donnees) : null,
  };
}

/** The messages of an answer. Raises when there is none to show: a silent answer is a failure. */
export function lireMessages(brut: unknown): MessageBot[] {
  const messages = liste(objet(brut).messages).map(lireMessage).filter((m) => m.texte || m.ecoles.length || m.etape || m.boutons.length);
  if (!messages.length) throw new Error("La réponse ne contient aucun message lisible.");
  return messages;
}

export function lireFil(brut: unknown): MessageRelu[] {
  return liste(objet(brut).messages).map(objet).map((m) => {
    const quand = (nombre(m.quand) ?? 0) * 1000;
    return m.de === "toi" ? { de: "toi", texte: texte(m.texte), quand } : { de: "etabli", message: lireMessage(m), quand };
  });
}

export function lireEffacement(brut: unknown): string { return texte(objet(brut).texte); }

export function lireOuverture(brut: unknown): { jeton: string; accueil: MessageBot; viePrivee: string } {
  const o = objet(brut);
  if (!texte(o.jeton)) throw new Error("Le serveur n'a pas donné de jeton.");
  return { jeton: texte(o.jeton), accueil: lireMessage(o.accueil), viePrivee: texte(o.vie_privee) };
}

function lireEcole(brut: unknown): Ecole {
  const e = objet(brut);
  return {
    id: texte(e.id), nom: texte(e.nom), commune: texte(e.commune), departement: texte(e.departement), distance: nombre(e.distance_km),
    exacte: e.distance_exacte !== false, diplomes: liste(e.diplomes).map(texte).filter(Boolean), prix: texte(e.prix),
    hebergement: texte(e.hebergement), doute: texte(e.doute), adresse: texte(e.adresse), site: texte(e.site),
    source: texte(e.source), date: texte(e.date), latitude: nombre(e.latitude), longitude: nombre(e.longitude),
  };
}

function lireLieu(brut: unknown): Lieu | null {
  const l = objet(brut);
  const [latitude, longitude] = [nombre(l.latitude), nombre(l.longitude)];
  return latitude === null || longitude === null ? null : { nom: texte(l.nom), latitude, longitude };
}

function lireEtape(d: Objet): Etape | null {
  const [numero, total] = [nombre(d.numero), nombre(d.total)];
  if (numero === null || total === null || numero < 1 || total < numero) return null;
  return { numero, total, saisie: SAISIES.find((s) => s === d.saisie) ?? "text" };
}
