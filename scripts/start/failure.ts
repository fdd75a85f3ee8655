/** Something that keeps the site from coming up, in words for the person who typed `npm start`. One line. */
export class StartFailure extends Error {
  override name = 'StartFailure';
}
