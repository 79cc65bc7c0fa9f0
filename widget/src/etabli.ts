/** One line on any site: defines the elements, and adds the launcher unless the script asks only for them. */
import { EtabliCarte } from "./carte";
import { EtabliChat } from "./chat";
import { EtabliLanceur } from "./lanceur";
import { EtabliMenu } from "./menu";
import { EtabliSaisie } from "./saisie";

const ELEMENTS = { "etabli-carte": EtabliCarte, "etabli-menu": EtabliMenu, "etabli-saisie": EtabliSaisie, "etabli-chat": EtabliChat, "etabli-lanceur": EtabliLanceur };
const REGLAGES = ["serveur", "nom", "accueil", "question", "couleur", "theme", "invitation", "position", "essai"];

const script = document.currentScript as HTMLScriptElement | null;

// The script's own address says where the server is, unless told otherwise.
const serveur = script?.dataset.serveur ?? (script?.src ? new URL(".", script.src).href : "");

if (serveur) EtabliChat.serveurParDefaut = serveur;
for (const [nom, classe] of Object.entries(ELEMENTS)) customElements.define(nom, classe);
if (script && script.dataset.lanceur !== "non") {
  if (document.body) poser();
  else addEventListener("DOMContentLoaded", poser, { once: true });
}

function poser(): void {
  const lanceur = document.createElement("etabli-lanceur");
  if (serveur) lanceur.setAttribute("serveur", serveur);
  for (const nom of REGLAGES) {
    const valeur = script?.dataset[nom];
    if (valeur !== undefined && nom !== "serveur") lanceur.setAttribute(nom, valeur);
  }
  document.body.append(lanceur);
}
