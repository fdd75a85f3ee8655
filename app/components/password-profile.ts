/** Which passwords may be chosen: the configuration is the server's, the root page hands it on (S64). */
import { useRouteLoaderData } from '@remix-run/react';
import type { PasswordProfile } from '../../domain/password-policy.ts';

/** The profile the server judges by, also for the live ticks. */
export const usePasswordProfile = (): PasswordProfile =>
  useRouteLoaderData<{ passwordPolicy: PasswordProfile }>('root')?.passwordPolicy ?? 'seed';
