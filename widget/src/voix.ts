/** Reading aloud with the device's own voice, only when asked for. */
import type { MessageBot } from "./contrat";

export const voixPossible = (): boolean => "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;

export function lireAHauteVoix(messages: MessageBot[]): void {
  const parole = new SpeechSynthesisUtterance(messages.map((m) => m.texte.replace(/https:\/\/\S+/g, "")).filter(Boolean).join("\n"));
  parole.lang = "fr-FR";
  speechSynthesis.cancel();
  speechSynthesis.speak(parole);
}

export const seTaire = (): void => { if (voixPossible()) speechSynthesis.cancel(); };
