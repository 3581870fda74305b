/** Places of a provider: at once, of one service or of all. */
export interface Places {
  readonly places: number;
  readonly taken: number;
}

/** More than any provider has. */
export const MOST_PLACES = 10_000;

/** True for a number of places that a provider may say it has. */
export function isPlaces(count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count <= MOST_PLACES;
}

/** How many more it can take; none where fewer places are left than are taken: nobody is put out for it. */
export function freePlaces({ places, taken }: Places): number {
  return Math.max(0, places - taken);
}

/** True when one more person can be taken for a service: there is a place of that service, and one at the provider (SV29). */
export function hasPlace(ofService: Places | null, ofProvider: Places): boolean {
  return ofService !== null && freePlaces(ofService) > 0 && freePlaces(ofProvider) > 0;
}
