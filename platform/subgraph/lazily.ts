/**
 * What each maker makes, made when it is first asked for: a request asks for few of the many loaders there are.
 */
export function lazily<Makers extends Readonly<Record<string, () => unknown>>>(
  makers: Makers,
): { readonly [Name in keyof Makers]: ReturnType<Makers[Name]> } {
  const made = new Map<string | symbol, unknown>();
  return new Proxy(makers, {
    get(_target, name, receiver) {
      if (!made.has(name)) made.set(name, (Reflect.get(makers, name, receiver) as () => unknown)());
      return made.get(name);
    },
  }) as { readonly [Name in keyof Makers]: ReturnType<Makers[Name]> };
}
