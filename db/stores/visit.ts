/** Where a request comes from: written beside what it did (S70). */
export interface Visit {
  ip: string;
  userAgent: string;
  requestId: string;
  /** In this browser's device cookie, or a fresh one that becomes it when the sign-in is complete (S55). */
  device: string;
}
