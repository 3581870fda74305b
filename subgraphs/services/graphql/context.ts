import type { Reader } from "../domain/standpoint";
import type { RowAccess } from "../policy/row-access";

/** Everything a resolver may know of one request. */
export interface ServicesContext {
  readonly reader: Reader;
  readonly scopes: ReadonlySet<string>;
  readonly rows: RowAccess;
}
