/**
 * Calls for a paint at the next animation frame, once however often it is asked for, and not while nobody sees the page.
 */
export class Frames {
  #paint;
  #frame = 0;

  /** @param {() => void} paint */
  constructor(paint) {
    this.#paint = paint;
  }

  /** Something has changed. */
  request() {
    if (this.#frame === 0 && !document.hidden) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#paint();
      });
    }
  }
}
