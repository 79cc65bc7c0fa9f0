// The demonstration page: real addresses in the snippets, a copy button, and the state of the service.
const base = new URL("./", location.href).href;
for (const code of document.querySelectorAll("pre code")) code.textContent = code.textContent.replaceAll("…/chat/", base);

for (const bouton of document.querySelectorAll(".copier")) {
  bouton.addEventListener("click", async () => {
    const code = document.getElementById(bouton.dataset.cible);
    try {
      await navigator.clipboard.writeText(code.textContent);
      document.getElementById("copie").textContent = "C'est copié.";
    } catch {
      getSelection().selectAllChildren(code);
      document.getElementById("copie").textContent = "Le texte est sélectionné : copie-le avec Ctrl + C.";
    }
  });
}

const service = document.getElementById("service");
function ligne(nom, valeur) {
  const bloc = document.createElement("div");
  for (const [genre, texte] of [["dt", nom], ["dd", valeur]]) bloc.append(Object.assign(document.createElement(genre), { textContent: texte }));
  return bloc;
}

try {
  const debut = performance.now();
  const reponse = await fetch("etat");
  const etat = await reponse.json();
  const ms = Math.round(performance.now() - debut);
  service.replaceChildren(ligne("Service", reponse.ok ? "En marche" : "En panne"), ligne("Réponse en", `${ms} ms`), ligne("Version", etat.version), ligne("Taille du script", `${etat.kilo_octets} ko compressés`));
} catch {
  service.replaceChildren(ligne("Service", "Ne répond pas"));
}
