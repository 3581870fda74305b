import { lookUp, type UnknownCode } from "./code-table";
import { accept, type Result } from "./result";

/**
 * What a weapon code says. Only "firearm" and "weapon" involve a weapon. "asphyxiation" is a flag of its own, because
 * strangulation foretells a killing better than most weapons do and yet leaves no weapon behind.
 */
export type WeaponClass = "firearm" | "weapon" | "asphyxiation" | "hands" | "unknown" | "none";

/**
 * NIBRS data element 13, type of weapon or force, and the codes that stand beside it in the FBI's lookup table: 01, 16,
 * 17 (arrestee was armed with) and 55, 75, 80 (supplementary homicide report).
 */
const WEAPONS: Readonly<Record<string, WeaponClass>> = {
  "01": "none", // unarmed
  "11": "firearm",
  "11A": "firearm",
  "12": "firearm", // handgun
  "12A": "firearm",
  "13": "firearm", // rifle
  "13A": "firearm",
  "14": "firearm", // shotgun
  "14A": "firearm",
  "15": "firearm", // other firearm
  "15A": "firearm",
  "16": "weapon", // lethal cutting instrument
  "17": "weapon", // club, blackjack, brass knuckles
  "20": "weapon", // knife
  "30": "weapon", // blunt object
  "35": "weapon", // motor vehicle
  "40": "hands", // personal weapons: hands, feet, teeth
  "50": "weapon", // poison
  "55": "hands", // pushed or thrown out of a window
  "60": "weapon", // explosives
  "65": "weapon", // fire
  "70": "weapon", // drugs
  "75": "asphyxiation", // drowning
  "80": "asphyxiation", // strangulation, hanging
  "85": "asphyxiation",
  "90": "weapon", // other
  "95": "unknown",
  "99": "none",
};

/** The class of one weapon code. The suffix A (automatic) is taken on 11 to 15 only. Refuses with UNKNOWN_WEAPON_CODE. */
export function weaponClass(code: string): Result<WeaponClass, UnknownCode> {
  return lookUp(WEAPONS, code, "UNKNOWN_WEAPON_CODE");
}

/** What the weapon codes of one offence say together. */
export interface WeaponFlags {
  readonly involvesWeapon: boolean;
  readonly firearm: boolean;
  readonly asphyxiation: boolean;
}

/**
 * The flags of an offence's weapon codes: an array of codes, each of which may itself hold several ("11A,40",
 * "20/30", "12A 99"). No code at all means no weapon. "Involving a weapon" leaves out 40, 95 and 99 (and 85, which is
 * `asphyxiation`). Refuses with UNKNOWN_WEAPON_CODE if any single code is unknown: a half-read list is not read.
 */
export function weaponFlags(codes: readonly string[]): Result<WeaponFlags, UnknownCode> {
  const classes = new Set<WeaponClass>();
  for (const code of codes.flatMap((entry) => entry.split(/[\s,;/|+]+/)).filter((part) => part !== "")) {
    const one = weaponClass(code);
    if (!one.ok) return one;
    classes.add(one.value);
  }
  return accept({
    involvesWeapon: classes.has("firearm") || classes.has("weapon"),
    firearm: classes.has("firearm"),
    asphyxiation: classes.has("asphyxiation"),
  });
}
