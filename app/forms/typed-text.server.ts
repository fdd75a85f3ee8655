/** A field of a posted form or of the address bar, as typed. What no browser sends is refused before anything looks at it (S42, S47). */

/**
 * The one value of a field; '' when it is missing.
 * @throws Response 400 when it came twice, as a file, with NUL or with half a character: PostgreSQL takes none of these.
 */
export function typedText(fields: FormData | URLSearchParams, name: string): string {
  const [value = '', ...more] = fields.getAll(name);
  if (more.length > 0 || typeof value !== 'string' || value.includes('\0') || !value.isWellFormed()) {
    throw new Response(null, { status: 400 });
  }
  return value;
}
