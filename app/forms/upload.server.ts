/** A form with a file. */
import { tidyText } from '../../domain/text.ts';

export interface Upload {
  name: string;
  bytes: Uint8Array;
}

const LONGEST_NAME = 100;

/** The file of the field `file`; undefined where none was chosen. @throws Response 400 for a file that comes as text */
export async function uploadedFile(request: Request): Promise<Upload | undefined> {
  const file = (await request.formData()).get('file');
  if (file === null) return undefined;
  if (typeof file === 'string') throw new Response(null, { status: 400 });
  if (file.name === '' && file.size === 0) return undefined;
  const name = Array.from(tidyText(file.name.toWellFormed().replaceAll(/\p{C}/gu, '')))
    .slice(0, LONGEST_NAME)
    .join('');
  return { name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
