/** Puts a text on the clipboard; inside frames and on plain http only the old way is allowed. Of a dialog, `place` is in it. */
export async function copyText(text: string, place = document.body): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    place.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}
