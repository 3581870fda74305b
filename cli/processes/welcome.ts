import type { Partners } from "../../platform/site/partners";
import type { City } from "./fill-when-empty";

/** What a hub that is up says of itself: in development with commands to try it, which production refuses. */
export function welcome(
  url: string,
  partners: Partners,
  city: City | undefined,
  development: boolean,
): string {
  const roles = [...new Set(partners.agencies.flatMap((agency) => agency.roles))];
  const lines = [`The hub is up: ${url} (${partners.site})`];
  if (city) {
    lines.push(
      `A first query:  npm run -s hub -- query docs/queries/person-view.graphql --as detective --variables '${JSON.stringify({ id: city.firstPersonId })}'`,
    );
  }
  lines.push(
    ...(development
      ? [
          "A token:        npm run -s hub -- token --role detective",
          `An explorer:    ${new URL("/explorer", url).href}`,
        ]
      : []),
    `Roles:          ${roles.join(", ")}`,
    "Ctrl-C stops everything.",
  );
  return lines.join("\n");
}
