import { injuryClass } from "./injury-codes";
import { offence, VIOLENT_OFFENCE_CODES } from "./offence-codes";
import { relationshipClass } from "./relationship-codes";
import { weaponClass, weaponFlags } from "./weapon-codes";

describe("relationship codes", () => {
  const table = {
    "intimate-partner": "SE CS XS BG XR HR",
    "other-family": "PA SB CH GP GC IL SP SC SS OF CF",
    known: "AQ FR NE BE EE ER OK CO FP FC",
    stranger: "ST",
    unknown: "RU",
    "victim-was-offender": "VO",
  };
  for (const [expected, codes] of Object.entries(table)) {
    test.each(codes.split(" "))(`L1: relationship %s is ${expected}`, (code) => {
      expect(relationshipClass(code)).toEqual({ ok: true, value: expected });
    });
  }

  test("L1: spaces and lower case of an extract are read", () => {
    expect(relationshipClass(" bg ")).toEqual({ ok: true, value: "intimate-partner" });
  });

  test.each(["", "ZZ", "S E", "constructor", "__proto__", "1"])("L1: relationship %j is refused", (code) => {
    expect(relationshipClass(code)).toMatchObject({
      ok: false,
      refusal: { code: "UNKNOWN_RELATIONSHIP_CODE" },
    });
  });

  test("L1: a refusal repeats no more than twelve characters of what it was given", () => {
    expect(relationshipClass("a whole narrative in the wrong column")).toEqual({
      ok: false,
      refusal: { code: "UNKNOWN_RELATIONSHIP_CODE", given: "a whole narr" },
    });
  });
});

describe("weapon codes", () => {
  const table = {
    firearm: "11 11A 12 12A 13 13A 14 14A 15 15A",
    weapon: "16 17 20 30 35 50 60 65 70 90",
    asphyxiation: "75 80 85",
    hands: "40 55",
    unknown: "95",
    none: "01 99",
  };
  for (const [expected, codes] of Object.entries(table)) {
    test.each(codes.split(" "))(`L1: weapon %s is ${expected}`, (code) => {
      expect(weaponClass(code)).toEqual({ ok: true, value: expected });
    });
  }

  test.each(["", "A", "20A", "1", "11B", "98"])("L1: weapon %j is refused", (code) => {
    expect(weaponClass(code)).toMatchObject({ ok: false, refusal: { code: "UNKNOWN_WEAPON_CODE" } });
  });

  const nothing = { involvesWeapon: false, firearm: false, asphyxiation: false };
  test.each([
    [[], nothing],
    [[""], nothing],
    [["40"], nothing],
    [["95"], nothing],
    [["99"], nothing],
    [["85"], { ...nothing, asphyxiation: true }],
    [["20"], { ...nothing, involvesWeapon: true }],
    [["90"], { ...nothing, involvesWeapon: true }],
    [["12A"], { ...nothing, involvesWeapon: true, firearm: true }],
    [["40", "20"], { ...nothing, involvesWeapon: true }],
    [["11A,40"], { ...nothing, involvesWeapon: true, firearm: true }],
    [["20/85 99"], { ...nothing, involvesWeapon: true, asphyxiation: true }],
  ])("L1: weapon codes %j", (codes, flags) => {
    expect(weaponFlags(codes)).toEqual({ ok: true, value: flags });
  });

  test("L1: one unknown code refuses the whole list", () => {
    expect(weaponFlags(["20", "XX"])).toEqual({
      ok: false,
      refusal: { code: "UNKNOWN_WEAPON_CODE", given: "XX" },
    });
  });
});

describe("injury codes", () => {
  test.each([..."BILOTU"])("L1: injury %s is major", (code) => {
    expect(injuryClass(code)).toEqual({ ok: true, value: "major" });
  });
  test("L1: N is none, M is minor, X is refused", () => {
    expect(injuryClass("N")).toEqual({ ok: true, value: "none" });
    expect(injuryClass("M")).toEqual({ ok: true, value: "minor" });
    expect(injuryClass("X")).toEqual({ ok: false, refusal: { code: "UNKNOWN_INJURY_CODE", given: "X" } });
  });
});

describe("offence codes", () => {
  test.each("09A 09B 100 11A 11B 11C 11D 120 13A 13B 13C 200 210 220 290 520 90J 90Z".split(" "))(
    "L1: offence %s can be an IPV charge",
    (code) => expect(offence(code)).toMatchObject({ ok: true, value: { canBeIpv: true } }),
  );
  test.each("09C 23C 240 26A 35A 36B 64A 720 90D 90E 90F".split(" "))(
    "L1: offence %s cannot be an IPV charge",
    (code) => expect(offence(code)).toMatchObject({ ok: true, value: { canBeIpv: false } }),
  );
  test.each(["", "13", "13D", "999", "toString"])("L1: offence %j is refused", (code) => {
    expect(offence(code)).toMatchObject({ ok: false, refusal: { code: "UNKNOWN_OFFENCE_CODE" } });
  });
  test("L1: violent by default: the FBI's violent crime, kidnapping, sexual assault; no simple assault or threat", () => {
    expect(VIOLENT_OFFENCE_CODES.every((code) => offence(code).ok)).toBe(true);
    expect([...VIOLENT_OFFENCE_CODES]).toEqual("09A 100 11A 11B 11C 11D 120 13A".split(" "));
  });
});
