/** A request that is answered before Remix sees it: thrown by any gate, drawn as a page in one place. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, retryAfter?: number) {
    super(`refused with ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
