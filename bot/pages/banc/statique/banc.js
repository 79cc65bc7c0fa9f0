// The pages work without this file: it spares a click on « Actualiser » and brings the last reply into view.

const avancement = document.getElementById("avancement");
if (avancement) {
  const barre = avancement.querySelector("progress");
  const texte = avancement.querySelector("span");
  const regarder = async () => {
    const reponse = await fetch(avancement.dataset.adresse, { credentials: "same-origin" });
    if (!reponse.ok || reponse.redirected) return location.reload();
    const { joues, combien, fini } = await reponse.json();
    if (fini) return location.reload();
    barre.value = joues;
    texte.textContent = `${joues} sur ${combien}`;
    setTimeout(regarder, 700);
  };
  setTimeout(regarder, 400);
}

const tours = document.querySelectorAll(".tour");
const dernier = tours[tours.length - 1];
if (dernier && location.hash.startsWith("#tour-")) {
  // The reply is read first by a screen reader, then Tab goes on to its choices; sighted people see it above the input.
  dernier.focus({ preventScroll: true });
  dernier.scrollIntoView({ block: "end" });
}

for (const formulaire of document.querySelectorAll('form[method="post"]')) {
  formulaire.addEventListener("submit", (evenement) => {
    if (formulaire.dataset.parti) evenement.preventDefault(); // a double click sends once
    formulaire.dataset.parti = "oui";
  });
}
addEventListener("pageshow", () => document.querySelectorAll("form[data-parti]").forEach((f) => delete f.dataset.parti));
