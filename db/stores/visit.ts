/** Where a request comes from: written beside what it did (S70). */
export interface Visit {
  ip: string;
  userAgent: string;
  requestId: string;
}
