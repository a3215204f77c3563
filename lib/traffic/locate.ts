import type {CountryAt} from "../geo/countries.js";
import {categoriesOf, isNumbers, type Table} from "./table.js";

/** The table with the `country` of each row’s coordinates, unless it has none or already states the countries. */
export function locate(table: Table, countryAt: CountryAt): Table {
  const {latitude, longitude, country} = table.columns;
  if (country !== undefined || !isNumbers(latitude) || !isNumbers(longitude)) return table;
  const names = Array.from(latitude, (y, row) => countryAt(y, longitude[row]!));
  return {...table, columns: {...table.columns, country: categoriesOf(names)}};
}
