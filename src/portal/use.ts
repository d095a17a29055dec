import {
  lastDays,
  type NamedSum,
  type Period,
  type SurfaceSum,
  sumByDay,
  sumByFormat,
  sumByProduct,
  sumBySurface,
} from "../store/consumer-reports.ts";
import type { Db } from "../store/database.ts";

/** How much feed, API and dumps were used lately. Public: programs by name, and nothing else of those who asked. */
export interface Use {
  readonly period: Period;
  readonly surfaces: readonly SurfaceSum[];
  readonly formats: readonly NamedSum[];
  readonly days: readonly NamedSum[];
  /** The programs that took most records. */
  readonly products: readonly NamedSum[];
}

/** Long enough for those who come once a month. */
export const USE_DAYS = 30;
const PRODUCTS_SHOWN = 5;

/** Reads what servers have written down of the last days, the present one included. */
export async function readUse(db: Db, now: Date): Promise<Use> {
  const period = lastDays(now, USE_DAYS);
  const [surfaces, formats, days, products] = await Promise.all([
    sumBySurface(db, period),
    sumByFormat(db, period),
    sumByDay(db, period),
    sumByProduct(db, period, PRODUCTS_SHOWN),
  ]);
  return { period, surfaces, formats, days, products };
}
