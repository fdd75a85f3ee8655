/** Reads a posted form completely before anything runs for it (S60, decision 0008). */
import type { Request, Response } from 'express';
import { limits } from '../../runtime/limits.ts';
import { Refusal } from './refusal.ts';
import { mayUpload, pagePath } from './paths.ts';
import { step } from './step.ts';

const FORM = /^application\/x-www-form-urlencoded(;\s*charset="?utf-8"?)?$/i;
const UPLOAD = /^multipart\/form-data;\s*boundary=/i;

/** Fields of a form with a file, beside the file. */
const UPLOAD_FIELDS = 10;

/** @throws Refusal 413 when it is too large or has too many fields, 415 when it is no form */
export const readBody = step(async (request, response) => {
  response.locals.fields = new URLSearchParams();
  if (request.method !== 'POST') return;
  const type = request.get('content-type') ?? '';
  if (request.get('content-encoding') !== undefined) throw new Refusal(415);
  if (UPLOAD.test(type)) {
    await readUpload(request, response, type);
    return;
  }
  if (!FORM.test(type)) throw new Refusal(415);
  const { bodyBytes, formFields, applyFormFields } = limits();
  const body = await collect(request, bodyBytes);
  const path = pagePath(request.path);
  const most = path === '/apply' || path.startsWith('/apply/') ? applyFormFields : formFields;
  if (body.toString('latin1').split('&').length > most) throw new Refusal(413);
  response.locals.body = body;
  response.locals.fields = new URLSearchParams(body.toString('utf8'));
});

/**
 * A form with a file: taken from a staff person on the one page that has such a form, from anybody else not even read. The fields beside
 * the file are what the next gates look at.
 */
async function readUpload(request: Request, response: Response, type: string): Promise<void> {
  const { locals } = response;
  if (!mayUpload(request.path)) throw new Refusal(415);
  const { importBytes, bodyBytes } = limits();
  const most = importBytes + bodyBytes;
  if (locals.browser.context.staff?.stage !== 'full') {
    signInFirst(request, response, most);
    return;
  }
  const body = await collect(request, most);
  const parts = await new globalThis.Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined);
  if (parts === undefined) throw new Refusal(400);
  const fields = [...parts].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
  if (fields.length > UPLOAD_FIELDS) throw new Refusal(413);
  locals.body = body;
  locals.fields = new URLSearchParams(fields);
}

/** The session ended while the file was being chosen. */
function signInFirst(request: Request, response: Response, most: number): void {
  // A browser that is cut off while it still sends never sees the answer: what is short enough is let run out, unread.
  if (Number(request.get('content-length') ?? Infinity) > most) response.set('Connection', 'close');
  response.redirect(303, `/staff/login?${new URLSearchParams({ returnTo: request.path }).toString()}`);
}

function collect(request: Request, most: number): Promise<Buffer> {
  if (Number(request.get('content-length') ?? 0) > most) return Promise.reject(new Refusal(413));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= most) return;
      request.off('data', take);
      reject(new Refusal(413));
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Refusal(400)));
  });
}
