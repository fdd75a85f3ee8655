/** The captured page. */
import { createElement, Fragment } from 'react';
import { body, loaded } from '../captured.ts';

export const loader = () => loaded['routes/apply.$draftId'] ?? null;

export default function CapturedPage() {
  return createElement(Fragment, {}, ...body());
}
