/** A row's id in an address or a form. */
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The id. @throws Response 404 for what is none: no row has it */
export function rowIdOf(text: string | undefined): string {
  if (text === undefined || !UUID.test(text)) throw new Response(null, { status: 404 });
  return text;
}
