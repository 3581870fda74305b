import { isPlaces } from "../domain/capacity";
import type { ServiceKind } from "../domain/referral";
import { lineFault, type TextFault } from "../domain/told-text";
import { ProviderRow } from "../store/entities/provider";
import { ProviderServiceRow } from "../store/entities/provider-service";
import { actOnce, nameOf, no, yes, type Actor, type Done } from "./actor";

/** What a provider says of itself; what is left out stays as it is. */
export interface ToldCapacity {
  readonly key: string;
  readonly capacity?: number | null;
  readonly languages?: readonly string[] | null;
  readonly hours?: string | null;
  readonly area?: string | null;
  readonly services?: readonly { readonly service: ServiceKind; readonly places: number }[] | null;
}

export type CapacityRefusal =
  "NOT_FOUND" | "PLACES_OUT_OF_BOUNDS" | "SERVICE_TWICE" | "NO_LANGUAGE" | "LANGUAGE_TWICE" | TextFault;

/** The one way to say what a provider offers: to its own people. */
export interface CapacityActs {
  record(told: ToldCapacity): Promise<Done<CapacityRefusal>>;
}

const MOST_LANGUAGES = 50;

/** True for a language tag as BCP 47 forms them: a language, a script and a region at most. */
function isLanguage(tag: string): boolean {
  return /^[a-zA-Z]{2,3}(-[a-zA-Z]{4})?(-([a-zA-Z]{2}|\d{3}))?$/.test(tag);
}

/** The first fault in what a provider says of itself. */
function faultOf({ capacity, languages, hours, area, services }: ToldCapacity): CapacityRefusal | null {
  const counts = [...(capacity == null ? [] : [capacity]), ...(services ?? []).map(({ places }) => places)];
  if (!counts.every(isPlaces)) return "PLACES_OUT_OF_BOUNDS";
  const named = (services ?? []).map(({ service }) => service);
  if (new Set(named).size < named.length) return "SERVICE_TWICE";
  if (languages && (languages.length > MOST_LANGUAGES || !languages.every(isLanguage))) return "NO_LANGUAGE";
  const tags = (languages ?? []).map((tag) => tag.toLowerCase());
  if (new Set(tags).size < tags.length) return "LANGUAGE_TWICE";
  return lineFault(hours) ?? lineFault(area);
}

export function createCapacityActs(actor: Actor): CapacityActs {
  const { reader, now } = actor;
  return {
    async record(told) {
      const fault = faultOf(told);
      if (fault !== null) return no(fault);
      return actOnce(actor, "recordCapacity", told, async (manager) => {
        const { agency } = reader;
        const provider = await manager.findOne(ProviderRow, {
          where: { agency },
          lock: { mode: "pessimistic_write" },
        });
        if (provider === null) return no("NOT_FOUND");
        const { capacity, languages, hours, area, services } = told;
        await manager.update(ProviderRow, provider.id, {
          capacity: capacity ?? provider.capacity,
          languages: languages ? [...languages] : provider.languages,
          hours: hours ?? provider.hours,
          area: area ?? provider.area,
        });
        const by = { recordedBy: nameOf(reader), recordedAt: now() };
        const offered = (services ?? []).map((one) => ({ ...one, ...by, agency }));
        if (offered.length > 0) {
          await manager.upsert(ProviderServiceRow, offered, ["agency", "service"]);
        }
        return yes(provider.id);
      });
    },
  };
}
