/** Every path that is no page. */

export function loader(): never {
  throw new Response(null, { status: 404 });
}

export { loader as action };

/** Never drawn: the frame's error page answers. */
export default function NotFound() {
  return null;
}
