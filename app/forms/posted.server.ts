/** What came by a form or in the address, as plain text by field name. What no browser sends is refused before anything looks at it. */

/** The fields of a posted form. @throws Response 400 (see plainFields) */
export async function postedFields(request: Request): Promise<Map<string, string>> {
  return plainFields(await request.formData());
}

/** The fields in the address. @throws Response 400 (see plainFields) */
export const addressFields = (request: Request): Map<string, string> => plainFields(new URL(request.url).searchParams);

/**
 * Fields by name; which of them count is the reader's to say (S51).
 * @throws Response 400 when one comes twice (no form of ours has such a field, S47), as a file, with NUL or half a character:
 * PostgreSQL takes none of these (S42)
 */
export function plainFields(entries: Iterable<[string, FormDataEntryValue]>): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of entries) {
    if (typeof value !== 'string' || fields.has(name) || value.includes('\0') || !value.isWellFormed()) {
      throw new Response(null, { status: 400 });
    }
    fields.set(name, value);
  }
  return fields;
}
