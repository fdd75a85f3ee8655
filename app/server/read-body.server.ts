/** Reads a posted form completely before anything runs for it (S60, decision 0008). */
import type { Request } from 'express';
import { limits } from '../../runtime/limits.ts';
import { Refusal } from './refusal.ts';
import { pagePath } from './paths.ts';
import { step } from './step.ts';

const FORM = /^application\/x-www-form-urlencoded(;\s*charset="?utf-8"?)?$/i;

/** @throws Refusal 413 when it is too large or has too many fields, 415 when it is no form */
export const readBody = step(async (request, response) => {
  response.locals.fields = new URLSearchParams();
  if (request.method !== 'POST') return;
  if (!FORM.test(request.get('content-type') ?? '') || request.get('content-encoding') !== undefined) {
    throw new Refusal(415);
  }
  const { bodyBytes, formFields, applyFormFields } = limits();
  const body = await collect(request, bodyBytes);
  const path = pagePath(request.path);
  const most = path === '/apply' || path.startsWith('/apply/') ? applyFormFields : formFields;
  if (body.toString('latin1').split('&').length > most) throw new Refusal(413);
  response.locals.body = body;
  response.locals.fields = new URLSearchParams(body.toString('utf8'));
});

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
