/** The one way to post: a form with the token that ties it to this browser (S30). */
import { Form, type FormProps, useRouteLoaderData } from '@remix-run/react';

/** The name the request gate looks for. */
export const FORM_TOKEN_FIELD = 'formToken';

type RootLoader = () => { formToken: string };

/**
 * A Remix form that posts as a whole document, so that a refusal of the gate in front of Remix is a page with its own status.
 * Props are the form's own.
 */
export function SiteForm({ children, ...props }: Omit<FormProps, 'method' | 'reloadDocument'>) {
  const root = useRouteLoaderData<RootLoader>('root');
  return (
    <Form method="post" reloadDocument {...props}>
      <input type="hidden" name={FORM_TOKEN_FIELD} value={root?.formToken ?? ''} />
      {children}
    </Form>
  );
}
