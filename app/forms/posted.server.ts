/** What a form posted, as plain text by field name. */

/** @throws Response 400 when a field comes twice: no form of ours that is read this way has such a field (S47) */
export async function postedFields(request: Request): Promise<Map<string, string>> {
  const fields = new Map<string, string>();
  for (const [name, value] of await request.formData()) {
    if (typeof value !== 'string' || fields.has(name)) throw new Response(null, { status: 400 });
    fields.set(name, value);
  }
  return fields;
}
