/** How this installation looks, as the server has written it into the page. */

const said = (what: string) => document.querySelector<HTMLMetaElement>(`meta[name="deskbell-${what}"]`)?.content;

/** What it is called, where that is not the product's own name. */
export const serviceName = () => said('name');

/** Where its logo is. */
export const logo = () => said('logo');

/** The colours are others now: this page takes them over. */
export function takeColours(): void {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  // An address that was not asked for yet.
  link.href = `/look.css?${Date.now()}`;
  link.onload = () => before?.remove();
  const before = document.head.querySelector('link[href^="/look.css"]');
  document.head.append(link);
}
