import {html} from "htl";

/** A button that makes a file in the page, when it is pressed, and saves it. */
export function downloadButton(text: string, file: string, type: string, content: () => BlobPart): HTMLElement {
  const button = html`<button type="button" class="button">${text}</button>` as HTMLElement;
  button.addEventListener("click", () => {
    const url = URL.createObjectURL(new Blob([content()], {type}));
    const link = document.createElement("a");
    Object.assign(link, {href: url, download: file});
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  });
  return button;
}
