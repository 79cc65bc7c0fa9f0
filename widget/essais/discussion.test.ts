import { beforeEach, describe, expect, it, vi } from "vitest";
import { Discussion, type Nouvelle } from "../src/discussion";
import { Memoire } from "../src/memoire";
import { Echec, Serveur } from "../src/serveur";

type Reponse = { statut?: number; corps?: unknown; entetes?: Record<string, string> } | "coupe";

const ouverture = { jeton: "j1", accueil: { texte: "Bonjour, un programme.", boutons: [{ titre: "Le prix", charge: "/faq/cout" }] }, vie_privee: "Gardé." };

/** A server that answers what it is told, in order, then always the same. */
function serveur(...reponses: Reponse[]): { portes: Serveur; recus: { nom: string; corps: Record<string, unknown> }[] } {
  const recus: { nom: string; corps: Record<string, unknown> }[] = [];
  const chercher = async (adresse: RequestInfo | URL, options?: RequestInit): Promise<Response> => {
    const nom = String(adresse).split("/").pop() ?? "";
    recus.push({ nom, corps: JSON.parse(String(options?.body)) });
    if (nom === "session") return new Response(JSON.stringify({ ...ouverture, jeton: `j${recus.filter((r) => r.nom === "session").length}` }));
    const reponse = reponses.shift() ?? { corps: { messages: [{ texte: "Bien reçu" }] } };
    if (reponse === "coupe") throw new TypeError("Failed to fetch");
    return new Response(typeof reponse.corps === "string" ? reponse.corps : JSON.stringify(reponse.corps ?? {}), { status: reponse.statut ?? 200, headers: reponse.entetes });
  };
  return { portes: new Serveur("https://chat.example.org/chat/", chercher as typeof fetch), recus };
}

async function discuter(...reponses: Reponse[]) {
  const { portes, recus } = serveur(...reponses);
  const nouvelles: Nouvelle["genre"][] = [];
  const d = new Discussion(portes, new Memoire("essai"), (n) => nouvelles.push(n.genre));
  await d.ouvrir();
  return { d, recus, nouvelles, messages: () => recus.filter((r) => r.nom === "message").map((r) => r.corps) };
}

beforeEach(() => { sessionStorage.clear(); vi.useFakeTimers(); });

describe("la discussion", () => {
  it("ne range rien avant le premier message", async () => {
    const { d } = await discuter();
    expect(d.accueil?.texte).toContain("programme");
    expect(sessionStorage.length).toBe(0);
    d.envoyer("salut");
    await vi.runAllTimersAsync();
    expect(JSON.parse(sessionStorage.getItem("essai") ?? "{}").jeton).toBe("j1");
  });

  it("garde l'ordre et n'envoie qu'un message à la fois", async () => {
    const { d, messages } = await discuter();
    d.envoyer("un");
    d.envoyer("deux");
    expect(messages()).toHaveLength(1);
    await vi.runAllTimersAsync();
    expect(d.entrees.map((e) => (e.de === "toi" ? e.texte : "…"))).toEqual(["un", "…", "deux", "…"]);
  });

  it("réessaie sous le même numéro, réseau coupé ou serveur qui tousse", async () => {
    const { d, messages } = await discuter("coupe", { statut: 500 }, { statut: 504, corps: { erreur: "Je cherche encore" } }, { corps: "<html>" });
    d.envoyer("salut");
    await vi.runAllTimersAsync();
    expect(messages().length).toBe(5);
    expect(new Set(messages().map((m) => m.id)).size).toBe(1);
    expect(d.etat).toBe("calme");
    expect(d.entrees).toHaveLength(2);
  });

  it("renonce après trois pannes, garde le message, et repart quand on le dit", async () => {
    const { d } = await discuter({ statut: 500 }, { statut: 500 }, { statut: 500 });
    d.envoyer("salut");
    await vi.runAllTimersAsync();
    expect(d.etat).toBe("panne");
    expect(d.attente).toHaveLength(1);
    d.reveiller();
    await vi.runAllTimersAsync();
    expect(d.attente).toHaveLength(0);
  });

  it("prend un autre jeton quand le sien est trop vieux, sans perdre le message", async () => {
    const { d, messages } = await discuter({ statut: 401, corps: { erreur: "trop longtemps" } });
    d.envoyer("salut");
    await vi.runAllTimersAsync();
    expect(messages().map((m) => m.jeton)).toEqual(["j1", "j2"]);
  });

  it("attend ce que le serveur demande", async () => {
    const { d, messages } = await discuter({ statut: 429, corps: { erreur: "Doucement" }, entetes: { "Retry-After": "4" } });
    d.envoyer("salut");
    await vi.advanceTimersByTimeAsync(3_900);
    expect([d.etat, d.avis, messages().length]).toEqual(["patience", "Doucement", 1]);
    await vi.advanceTimersByTimeAsync(200);
    expect(messages()).toHaveLength(2);
  });

  it("efface pendant une réponse : elle n'apparaît pas après coup", async () => {
    const { d } = await discuter();
    d.envoyer("secret");
    await d.effacer();
    await vi.runAllTimersAsync();
    expect(d.entrees).toEqual([]);
    expect(sessionStorage.length).toBe(0);
  });

  it("n'efface rien ici quand le serveur n'a pas effacé là-bas", async () => {
    const { d } = await discuter({ corps: { messages: [{ texte: "ok" }] } }, { statut: 500 });
    d.envoyer("secret");
    await vi.runAllTimersAsync();
    await expect(d.effacer()).rejects.toBeInstanceOf(Echec);
    expect(d.entrees).toHaveLength(2);
  });

  it("n'accepte pas plus de cinq messages d'avance", async () => {
    const { d } = await discuter("coupe");
    expect([1, 2, 3, 4, 5, 6].map((i) => d.envoyer(String(i)))).toEqual([true, true, true, true, true, false]);
  });
});
