import {html} from "htl";
import {saveFile} from "./saveFile.js";

/** A button that makes a file in the page, when it is pressed, and saves it. */
export function downloadButton(text: string, file: string, type: string, content: () => BlobPart): HTMLElement {
  const button = html`<button type="button" class="button">${text}</button>` as HTMLElement;
  button.addEventListener("click", () => saveFile(new Blob([content()], {type}), file));
  return button;
}
