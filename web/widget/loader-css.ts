/** The launcher's look. Colours are those of `styles/tokens.css`; nothing of the host page gets in here. */
export const css = `
:host{all:initial;color-scheme:light dark;font:650 1rem/1.2 system-ui,sans-serif;--g:var(--deskbell-ground,light-dark(oklch(.46 .085 222),oklch(.775 .095 212)));--i:var(--deskbell-ink,light-dark(#fff,oklch(.2 .03 230)))}
:host([hidden]){display:none}
:host([data-start]) .launcher{inset-inline:max(20px,env(safe-area-inset-left)) auto}
@media(min-width:480px){:host([data-start]) .panel{inset-inline:max(20px,env(safe-area-inset-left)) auto}}
.launcher,.panel{position:fixed;z-index:2147483000;inset-inline-end:max(20px,env(safe-area-inset-right));box-sizing:border-box}
.launcher{inset-block-end:max(20px,env(safe-area-inset-bottom));display:flex;align-items:center;gap:10px;min-height:56px;margin:0;padding:0 22px 0 18px;border:0;border-radius:28px;background:var(--g);color:var(--i);font:inherit;cursor:pointer;box-shadow:0 2px 6px #0003,0 8px 24px #0003}
.launcher:dir(rtl){padding:0 18px 0 22px}
.launcher:focus-visible{outline:3px solid var(--g);outline-offset:3px}
svg{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.badge{min-width:12px;padding:3px 6px;border-radius:12px;background:var(--i);color:var(--g);font-size:.8125rem;text-align:center}
.news{position:fixed;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.badge:empty,:host([data-open]) .text,:host(:not([data-open])) .chevron,:host([data-open]) .bubble,:host(:not([data-open])) .panel{display:none}
:host([data-open]) .launcher{width:56px;padding:0;justify-content:center}
.panel{inset-block-end:92px;width:min(380px,100vw - 40px);height:min(600px,100dvh - 112px);overflow:hidden;border:1px solid light-dark(oklch(.905 .009 225),oklch(.335 .018 235));border-radius:18px;background:light-dark(#fff,oklch(.248 .018 237));box-shadow:0 2px 6px #0002,0 12px 32px #0003}
iframe{display:block;width:100%;height:100%;border:0;color-scheme:light dark}
@media(max-width:479px){
.panel{inset:0;inset-block-end:auto;width:100%;height:var(--sheet,100dvh);padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);border:0;border-radius:0}
:host([data-open]) .launcher{display:none}
}
@media(forced-colors:active){.launcher,.panel{border:1px solid ButtonText}}
@media print{:host{display:none}}
`;
