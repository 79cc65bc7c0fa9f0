/** The corner button and the window around the chat. Rules of the page never win over ``!important`` on our own host. */
import { css } from "lit";

export const STYLE_LANCEUR = css`
  :host { all: initial !important; direction: ltr !important; display: block !important; position: fixed !important; z-index: 2147483000 !important; inset: auto !important; width: 0 !important; height: 0 !important; }
  *, ::before, ::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  .coin {
    --accent: var(--etabli-couleur, #2447d8); --sur-accent: var(--etabli-sur-couleur, #fff);
    position: fixed; right: var(--etabli-decalage, 1em); bottom: calc(var(--etabli-decalage, 1em) + env(safe-area-inset-bottom, 0px)); display: flex; gap: .6em; align-items: center;
    font: medium/1.3 var(--etabli-police, system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif); text-align: left;
  }
  :host([position="gauche"]) .coin { right: auto; left: var(--etabli-decalage, 1em); flex-direction: row-reverse; }
  button { font: inherit; cursor: pointer; touch-action: manipulation; -webkit-tap-highlight-color: transparent; }
  svg { width: 1.75em; height: 1.75em; fill: currentColor; flex: none; }
  :focus-visible { outline: 3px solid #fff; outline-offset: 0; box-shadow: 0 0 0 6px #14171f; }
  .lanceur {
    display: grid; flex: none; place-items: center; width: 3.6em; height: 3.6em; padding: 0; border: 2px solid transparent; border-radius: 50%;
    background: var(--accent); color: var(--sur-accent); box-shadow: 0 .3em 1em rgb(0 0 0 / .3);
  }
  .invitation { display: flex; align-items: center; max-width: min(17em, calc(100vw - 6.5em)); border: 1px solid #dfe3ea; border-radius: 1.2em 1.2em .35em; background: #fff; color: #14171f; box-shadow: 0 .3em 1em rgb(0 0 0 / .18); }
  :host([position="gauche"]) .invitation { border-radius: 1.2em 1.2em 1.2em .35em; }
  .texte { padding: .7em 0 .7em 1em; border: 0; background: none; color: inherit; text-align: left; }
  .masquer { display: grid; flex: none; place-items: center; width: 2.75em; height: 2.75em; padding: 0; border: 0; border-radius: 50%; background: none; color: #586070; }
  .masquer svg { width: 1em; height: 1em; }
  dialog { margin: 0; padding: 0; border: 0; background: none; max-width: none; max-height: none; overflow: visible; color: inherit; }
  dialog[open] {
    position: fixed; inset: auto 1em 1em auto; width: 25.5em; height: min(44em, calc(100vh - 2em)); border-radius: 1.25em; box-shadow: 0 1em 3em rgb(0 0 0 / .35);
    font: medium/1.3 system-ui, sans-serif;
  }
  :host([position="gauche"]) dialog[open] { inset: auto auto 1em 1em; }
  dialog::backdrop { background: none; }
  @media (max-width: 640px), (max-height: 480px) {
    dialog[open], :host([position="gauche"]) dialog[open] { inset: var(--haut, 0) 0 auto 0; width: 100vw; height: 100vh; border-radius: 0; --etabli-arrondi: 0; --etabli-encoche: env(safe-area-inset-top, 0px); }
    @supports (height: 100dvh) { dialog[open], :host([position="gauche"]) dialog[open] { height: var(--hauteur, 100dvh); } }
  }
  @media (prefers-reduced-motion: no-preference) {
    dialog[open] { animation: monter .2s ease-out; }
    .invitation { animation: monter .3s ease-out .4s backwards; }
    .lanceur { transition: transform .15s; }
    .lanceur:hover { transform: scale(1.05); }
  }
  @keyframes monter { from { opacity: 0; transform: translateY(1em); } }
  @media (prefers-color-scheme: dark) { .invitation { border-color: #2b323d; background: #1a2029; color: #f0f2f6; } .masquer { color: #a7b0be; } }
  @media (forced-colors: active) { .lanceur { border-color: ButtonText; } .invitation { border-color: CanvasText; } dialog[open] { outline: 1px solid CanvasText; } }
`;
